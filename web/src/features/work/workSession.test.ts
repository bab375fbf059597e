import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiProblem } from "../../api/problem";
import { Journal } from "./journal";
import { FakeServer, FakeSurroundings, openTab, settle, type Tab, Turns } from "./testing";

let server: FakeServer;
let world: FakeSurroundings;
let storage: IDBFactory;
let turns: Turns;
let tab: Tab;

const open = async (): Promise<Tab> => {
  tab = openTab(server, world, storage, turns);
  // Until the next task is there too.
  await world.pass(1_000);
  return tab;
};
/** The page goes without a word and is opened again. */
const reopen = async (): Promise<Tab> => {
  tab.kill();
  return open();
};
const state = () => tab.session.getState();
const token = () => state().task?.lease.token;

beforeEach(() => {
  server = new FakeServer(["a", "b", "c"]);
  world = new FakeSurroundings();
  storage = new IDBFactory();
  turns = new Turns();
});

test("a task is opened, answered and followed by the one that was fetched ahead", async () => {
  await open();
  expect(token()).toBe("a");
  tab.canvas.say("weather", "clear");
  await tab.session.submit();
  await settle();
  expect(token()).toBe("b");
  expect(server.responses.get("a")).toEqual({ weather: "clear" });
  expect(state().today?.responses).toBe(1);
  expect(server.calls.filter(call => call === "submit")).toHaveLength(1);
});

test("the next task waits for nothing that the journal still writes, which is then cleared away", async () => {
  await open();
  let write = () => {};
  const written = new Promise<void>(resolve => {
    write = resolve;
  });
  const { append } = Journal.prototype;
  const slow = vi.spyOn(Journal.prototype, "append").mockImplementation(async function (this: Journal, ...of) {
    await written;
    return append.apply(this, of);
  });
  tab.canvas.say("weather", "clear");
  await tab.session.submit();
  expect(token()).toBe("b");
  write();
  await settle();
  slow.mockRestore();
  const journal = await Journal.open(storage);
  expect(await journal.read("a")).toBeNull();
  journal.close();
  expect(state().phase).toBe("task");
});

test("what the server would refuse is not sent", async () => {
  await open();
  await tab.session.submit();
  expect(server.calls).not.toContain("submit");
});

test("the status never says more than is true", async () => {
  await open();
  expect(state().save).toBe("saved");
  tab.canvas.say("weather", "clear");
  expect(state().save).toBe("saving");
  await settle();
  expect(state().save).toBe("local");
  await world.pass(5_000);
  expect(state().save).toBe("saved");
  expect(server.leases.get("a")?.draft.content?.answers).toEqual({ weather: "clear" });
});

test("work comes back after the page went, from the journal and with its history", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  tab.canvas.say("weather", "rain");
  await settle();
  await reopen();
  expect(token()).toBe("a");
  expect(tab.canvas.answers()).toEqual({ weather: "rain" });
  tab.canvas.do({ kind: "undo" });
  expect(tab.canvas.answers()).toEqual({ weather: "clear" });
  await world.pass(5_000);
  expect(server.leases.get("a")?.draft.content?.answers).toEqual({ weather: "clear" });
});

test("work comes back on another computer, from the server's draft", async () => {
  await open();
  tab.canvas.say("weather", "snow");
  await world.pass(5_000);
  tab.kill();
  storage = new IDBFactory();
  await open();
  expect(tab.canvas.answers()).toEqual({ weather: "snow" });
});

test("a server that does not answer costs nothing but time", async () => {
  await open();
  server.isGone = true;
  tab.canvas.say("weather", "clear");
  await world.pass(30_000);
  expect(state().save).toBe("offline");
  server.isGone = false;
  await world.pass(60_000);
  expect(state().save).toBe("saved");
});

test("a server that fails is asked again", async () => {
  await open();
  server.fail("before", new ApiProblem(500, { code: "failed" }));
  tab.canvas.say("weather", "clear");
  await world.pass(700);
  expect(state().save).toBe("failing");
  await world.pass(5_000);
  expect(state().save).toBe("saved");
});

test("a session that ended is waited for", async () => {
  await open();
  server.isSignedOut = true;
  tab.canvas.say("weather", "clear");
  await world.pass(5_000);
  expect(state().save).toBe("signed_out");
  tab.canvas.say("weather", "rain");
  await settle();
  server.isSignedOut = false;
  world.signIn();
  await world.pass(1_000);
  expect(state().save).toBe("saved");
  expect(server.leases.get("a")?.draft.content?.answers).toEqual({ weather: "rain" });
});

test("a submit whose answer was lost is neither doubled nor refused", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  await settle();
  server.fail("after");
  const sent = tab.session.submit();
  await world.pass(5_000);
  await sent;
  await settle();
  expect(server.calls.filter(call => call === "submit")).toHaveLength(2);
  expect([...server.responses.keys()]).toEqual(["a"]);
  expect(token()).not.toBe("a");
});

test("a submit under way goes on after the page went", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  await settle();
  server.isGone = true;
  void tab.session.submit();
  await settle();
  tab.kill();
  server.isGone = false;
  await open();
  await settle();
  expect(server.responses.get("a")).toEqual({ weather: "clear" });
  expect(token()).toBe("b");
});

test("a submit that waits can be called off", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  await settle();
  server.isGone = true;
  const sent = tab.session.submit();
  await world.pass(2_000);
  expect(state().busy).toBe("submitting");
  tab.session.callOff();
  await sent;
  expect(state()).toMatchObject({ busy: null, phase: "task" });
  server.isGone = false;
  tab.canvas.say("weather", "rain");
  await tab.session.submit();
  await settle();
  expect(server.responses.get("a")).toEqual({ weather: "rain" });
});

test("a draft whose receipt was lost is known again", async () => {
  await open();
  server.fail("after");
  tab.canvas.say("weather", "clear");
  await world.pass(5_000);
  expect(state()).toMatchObject({ save: "saved" });
  tab.canvas.say("weather", "rain");
  await world.pass(5_000);
  expect(state().keeper?.conflict).toBeNull();
  expect(server.leases.get("a")?.draft).toMatchObject({ version: 2, content: { answers: { weather: "rain" } } });
});

test("a draft never overwrites a newer one: a person decides", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  await world.pass(5_000);
  const elsewhere = { answers: { weather: "snow" }, hidden: [], locked: [], active_milliseconds: 5, writer: "another", sequence: 9 };
  await server.saveDraft("a", 1, elsewhere);
  tab.canvas.say("weather", "rain");
  await world.pass(30_000);
  expect(state().keeper?.conflict?.content?.answers).toEqual({ weather: "snow" });
  expect(state().save).toBe("local");
  expect(server.leases.get("a")?.draft.content?.answers).toEqual({ weather: "snow" });
  await tab.session.decide("this");
  await world.pass(5_000);
  expect(server.leases.get("a")?.draft.content?.answers).toEqual({ weather: "rain" });
  expect(state().save).toBe("saved");
});

test("the other draft can be taken instead", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  await world.pass(5_000);
  await server.saveDraft("a", 1, {
    answers: { weather: "snow" },
    hidden: [],
    locked: [],
    active_milliseconds: 5,
    writer: "x",
    sequence: 9,
  });
  tab.canvas.say("weather", "rain");
  await world.pass(5_000);
  await tab.session.decide("other");
  await settle();
  expect(tab.canvas.answers()).toEqual({ weather: "snow" });
  tab.canvas.say("note", "seen");
  await world.pass(5_000);
  expect(server.leases.get("a")?.draft).toMatchObject({ version: 3, content: { answers: { weather: "snow", note: "seen" } } });
  await reopen();
  expect(tab.canvas.answers()).toEqual({ weather: "snow", note: "seen" });
});

test("what another computer added to work that had been sent is simply there", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  await world.pass(5_000);
  await server.saveDraft("a", 1, {
    answers: { weather: "snow" },
    hidden: [],
    locked: [],
    active_milliseconds: 5,
    writer: "x",
    sequence: 2,
  });
  await reopen();
  expect(tab.canvas.answers()).toEqual({ weather: "snow" });
  expect(state().keeper?.conflict).toBeNull();
});

test("a lease that ran out keeps its work and says so", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  await settle();
  server.expire("a");
  await reopen();
  expect(token()).toBe("a");
  expect(state().task?.overdue).toBe(true);
  expect(tab.canvas.answers()).toEqual({ weather: "clear" });
  await tab.session.submit();
  expect(state().task?.ended).toBe("expired");
  expect(tab.session.exported()).toMatchObject({ answers: { weather: "clear" } });
  await tab.session.discard();
  await settle();
  expect(token()).toBe("b");
  await reopen();
  expect(token()).toBe("b");
});

test("what ran out untouched is left without a word", async () => {
  await open();
  await settle();
  server.expire("a");
  await reopen();
  expect(token()).not.toBe("a");
});

test("one tab takes over, and the other can take it back", async () => {
  const first = await open();
  first.canvas.say("weather", "clear");
  await settle();
  const second = openTab(server, world, storage, turns);
  await settle();
  expect(second.session.getState()).toMatchObject({ phase: "elsewhere", wasHere: false });
  await second.session.takeOver();
  await settle();
  expect(first.session.getState()).toMatchObject({ phase: "elsewhere", wasHere: true });
  expect(second.canvas.answers()).toEqual({ weather: "clear" });
  second.canvas.say("weather", "rain");
  first.canvas.say("weather", "snow");
  await world.pass(5_000);
  await first.session.takeOver();
  await settle();
  expect(first.canvas.answers()).toEqual({ weather: "rain" });
  expect(second.session.getState()).toMatchObject({ phase: "elsewhere", wasHere: true });
});

test("when the tab that has the work goes, the other goes on by itself", async () => {
  const first = await open();
  first.canvas.say("weather", "clear");
  await settle();
  const second = openTab(server, world, storage, turns);
  await settle();
  first.kill();
  await settle();
  expect(second.session.getState().phase).toBe("task");
  expect(second.canvas.answers()).toEqual({ weather: "clear" });
});

test("without storage the server's drafts are what is left, and the status says it", async () => {
  tab = openTab(server, world, null, turns);
  await settle();
  tab.canvas.say("weather", "clear");
  expect(state().save).toBe("unsaved");
  await world.pass(5_000);
  expect(state().save).toBe("saved");
});

test("skipping and returning lead to the next task and forget the work", async () => {
  await open();
  tab.canvas.say("weather", "clear");
  await settle();
  await tab.session.skip("broken");
  await settle();
  expect(server.leases.get("a")?.state).toBe("skipped");
  expect(token()).toBe("b");
  await tab.session.giveBack();
  await settle();
  expect(server.leases.get("b")?.state).toBe("returned");
  expect(token()).toBe("c");
});

test("when there is nothing it says why, and finds what came since", async () => {
  server = new FakeServer([]);
  await open();
  expect(state()).toMatchObject({ phase: "empty", reason: "nothing_open" });
  server.tasks.push("d");
  await tab.session.retry();
  await settle();
  expect(token()).toBe("d");
});

test("a lease is kept while somebody works, and let go when nobody does", async () => {
  await open();
  await world.pass(9 * 60_000);
  expect(server.calls.filter(call => call === "heartbeat").length).toBeGreaterThan(10);
  const before = server.calls.filter(call => call === "heartbeat").length;
  await world.pass(60 * 60_000);
  expect(server.calls.filter(call => call === "heartbeat").length - before).toBeLessThan(6);
});

/** A machine that does whatever may happen, from a seed; what was said to be saved must be there whenever the page is opened again. */
test.each([1, 2, 3, 4, 5, 6, 7, 8])("no order of work and accidents loses what was shown as saved (seed %i)", async seed => {
  let bits = seed * 2654435761;
  const chance = () => {
    bits = (Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((bits ^ (bits >>> 13)) >>> 0) / 2 ** 32;
  };
  server = new FakeServer(Array.from({ length: 60 }, (_, i) => `t${i}`));
  await open();
  /** By task: the last note that the page showed as saved, and all notes since. */
  const notes = new Map<string, string[]>();
  const promised = new Map<string, number>();
  const observe = () => {
    const at = token();
    const said = at ? notes.get(at) : undefined;
    const { save, keeper } = state();
    if (!at || !said || !keeper) return;
    const upTo = save === "saved" ? keeper.saved : keeper.journalled;
    promised.set(at, Math.max(promised.get(at) ?? 0, upTo));
  };
  for (let step = 0; step < 120; step++) {
    const what = chance();
    const at = token();
    if (what < 0.5 && at && state().phase === "task" && state().busy === null) {
      const said = notes.get(at) ?? [];
      const note = `${at}-${said.length + 1}`;
      said.push(note);
      notes.set(at, said);
      tab.canvas.say("note", note);
      if (chance() < 0.7) await settle();
    } else if (what < 0.6) await world.pass(chance() * 3_000);
    else if (what < 0.7) server.isGone = !server.isGone;
    else if (what < 0.75) server.fail(chance() < 0.5 ? "before" : "after");
    else if (what < 0.83) {
      observe();
      tab.kill();
      await settle();
      server.isGone = false;
      await open();
      await world.pass(30_000);
      const back = token();
      const said = back ? notes.get(back) : undefined;
      if (back && said && state().keeper) {
        const least = said.slice(0, promised.get(back) ?? 0).findLastIndex(note => note !== "");
        expect(said.indexOf(String(tab.canvas.answers().note))).toBeGreaterThanOrEqual(least);
        // What was never said to be saved may be gone; its numbers are given again.
        said.length = state().keeper?.last ?? 0;
      }
    } else if (what < 0.9 && at) {
      tab.canvas.say("weather", "clear");
      notes.get(at)?.push("");
      observe();
      void tab.session.submit();
      await world.pass(chance() * 2_000);
    }
    observe();
  }
  for (const [task, answers] of server.responses) {
    const said = notes.get(task);
    if (said?.some(note => note !== "")) expect(said).toContain(answers.note);
  }
});
