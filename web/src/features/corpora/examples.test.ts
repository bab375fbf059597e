import { expect, test } from "vitest";
import { chosen, groupsOf, keyOf } from "./examples";
import type { Example, Report } from "./server";

const amount = (documents: number) => ({ documents, words: 0, characters: 0, bytes: null });
const example = (id: string, text: string, step: string | null = null, reason: string | null = null): Example => ({
  id,
  is_kept: step === null,
  step,
  reason,
  file: null,
  line: null,
  characters: text.length,
  words: 1,
  text,
  is_cut: false,
  rules: [],
});
const examples = [example("a", "The river"), example("b", "Short", "q", "too_short"), example("c", "River river", "r", "too_short")];

test("a kind is a step with its reason, since two steps may give the same reason", () => {
  expect(examples.map(keyOf)).toEqual(["kept", "q:too_short", "r:too_short"]);
  const report = {
    kept: amount(5),
    steps: [
      { id: "q", dropped: [{ reason: "too_short", amount: amount(3) }] },
      { id: "r", dropped: [{ reason: "too_short", amount: amount(2) }] },
    ],
  } as unknown as Report;
  expect(groupsOf(report).map(group => [group.key, group.documents])).toEqual([
    ["kept", 5],
    ["q:too_short", 3],
    ["r:too_short", 2],
  ]);
});

test("words are sought in ids and texts, whatever the case of letters", () => {
  const ids = (group: string | null, words: string) => chosen(examples, group, words).map(each => each.id);
  expect(ids(null, "")).toEqual(["a", "b", "c"]);
  expect(ids(null, " RIVER ")).toEqual(["a", "c"]);
  expect(ids("r:too_short", "river")).toEqual(["c"]);
  expect(ids("r:too_short", "b")).toEqual([]);
});
