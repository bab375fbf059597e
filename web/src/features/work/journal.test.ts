import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import type { SessionCommand } from "../../engine";
import { Journal, type JournalRecord, TakenOver } from "./journal";
import { leaseOf } from "./testing";

const recordOf = (token: string, holder = "tab"): JournalRecord => ({
  token,
  contributor: "ann",
  project: "streets",
  lease: leaseOf(token),
  writer: "w",
  holder,
  base: { answers: null, hidden: [], locked: [], sequence: 0 },
  last: 0,
  savedVersion: 0,
  savedSequence: 0,
  activeMilliseconds: 0,
  submission: null,
  touchedAt: 1,
});

const say = (value: string): SessionCommand => ({ kind: "setAnswer", question: "weather", value });

test("commands come back in their order, after the page is gone too", async () => {
  const factory = new IDBFactory();
  const before = await Journal.open(factory);
  await before.take(recordOf("a"));
  await before.append("a", "tab", 1, [say("clear"), say("rain")], 10, 2);
  await before.append("a", "tab", 3, [say("snow")], 20, 3);
  before.close();
  const after = await Journal.open(factory);
  const entry = await after.read("a");
  expect(entry?.commands).toEqual([say("clear"), say("rain"), say("snow")]);
  expect(entry?.record).toMatchObject({ last: 3, activeMilliseconds: 20, touchedAt: 3 });
});

test("whoever takes a record over is the only one who writes it", async () => {
  const journal = await Journal.open(new IDBFactory());
  await journal.take(recordOf("a", "first"));
  await journal.append("a", "first", 1, [say("clear")], 0, 2);
  const { record, commands } = await journal.take(recordOf("a", "second"));
  expect(record).toMatchObject({ holder: "second", writer: "w", last: 1 });
  expect(commands).toEqual([say("clear")]);
  await expect(journal.append("a", "first", 2, [say("rain")], 0, 3)).rejects.toBeInstanceOf(TakenOver);
  await expect(journal.saved("a", "first", 1, 1)).rejects.toBeInstanceOf(TakenOver);
  await journal.append("a", "second", 2, [say("snow")], 0, 4);
  expect((await journal.read("a"))?.commands).toEqual([say("clear"), say("snow")]);
});

test("no command is ever written over: a number is given once", async () => {
  const journal = await Journal.open(new IDBFactory());
  await journal.take(recordOf("a"));
  await journal.append("a", "tab", 1, [say("clear")], 0, 2);
  await expect(journal.append("a", "tab", 1, [say("rain")], 0, 3)).rejects.toThrow();
  const entry = await journal.read("a");
  expect(entry?.commands).toEqual([say("clear")]);
  expect(entry?.record.last).toBe(1);
});

test("each person sees their own work in a project and nobody else's", async () => {
  const journal = await Journal.open(new IDBFactory());
  await journal.take(recordOf("a"));
  await journal.take({ ...recordOf("b"), contributor: "ben" });
  await journal.take({ ...recordOf("c"), project: "other" });
  expect((await journal.list("ann", "streets")).map(record => record.token)).toEqual(["a"]);
  await journal.forget("a");
  expect(await journal.list("ann", "streets")).toEqual([]);
  expect(await journal.read("a")).toBeNull();
});

test("after a rebase the journal begins upon what the server has", async () => {
  const journal = await Journal.open(new IDBFactory());
  await journal.take(recordOf("a"));
  await journal.append("a", "tab", 1, [say("clear")], 0, 2);
  await journal.rebase("a", "tab", { answers: { weather: "rain" }, hidden: [], locked: [], sequence: 5 }, 3);
  const entry = await journal.read("a");
  expect(entry?.commands).toEqual([]);
  expect(entry?.record).toMatchObject({ last: 5, savedVersion: 3, savedSequence: 5, base: { answers: { weather: "rain" } } });
});
