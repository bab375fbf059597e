import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import type { Schemas } from "../../api/client";
import { ApiProblem } from "../../api/problem";
import { type JsonObject, type Ontology, type SessionCommand, type WorkbenchTask, writeAnswers } from "../../engine";
import { readAnswers } from "../../engine/answers/read";
import { indexOntology } from "../../engine/ontology/ontology";
import { advance, openSession, type Session } from "../../engine/scene/session";
import type { Draft, DraftContent } from "../work/draft";
import { Journal } from "../work/journal";
import type { Decision, OpenCase } from "./reviewServer";
import { ReviewSession } from "./reviewSession";
import type { ReviewLease } from "./sides";

const ontology: Ontology = { questions: [{ id: "weather", kind: "choice", options: [{ id: "dry" }, { id: "wet" }] }] };

const leaseOf = (task: string, digest = "d1"): ReviewLease =>
  ({
    token: `token-${task}`,
    project: "p",
    task,
    external_id: task,
    ontology_version: 1,
    inputs: [],
    issued_at: "2026-01-01T00:00:00Z",
    expires_at: "2999-01-01T00:00:00Z",
    reason: "low_confidence",
    confidence_wanted: 0.9,
    responses: [],
    earlier: null,
    consensus: {
      digest,
      answers: { weather: "dry" },
      confidence: 0.5,
      agreement: null,
      differences: [],
      detail: { all_right: 0, expected_missed: 0, objects: [], rejected: [], rejected_answers: {}, questions: {} },
    },
  }) as unknown as ReviewLease;

/** A server with cases in order, of which at most two are held at once; it answers when it is told to, or at once. */
class Server {
  readonly open = new Map<string, "free" | "yours">();
  readonly decided: [string, Decision][] = [];
  readonly drafts = new Map<string, { version: number; content: DraftContent }>();
  readonly returned: string[] = [];
  digest = "d1";
  refusal: ApiProblem | null = null;
  /** Held answers of next, by call. */
  hold: ((go: () => void) => void) | null = null;

  constructor(...tasks: string[]) {
    for (const task of tasks) this.open.set(task, "free");
  }

  readonly review = {
    open: async () => ({
      items: [...this.open].map(([task, standing]) => ({ task, standing }) as unknown as OpenCase),
      next: null,
    }),
    next: async (_: string, task: string | null) => {
      const held = [...this.open].filter(([, standing]) => standing === "yours").map(([id]) => id);
      const free = [...this.open].filter(([, standing]) => standing === "free").map(([id]) => id);
      const given = task === null ? (held.length >= 2 ? held[0] : free[0]) : this.open.has(task) ? task : undefined;
      if (given !== undefined) this.open.set(given, "yours");
      const answer =
        given === undefined
          ? { lease: null, reason: task === null ? "nothing_open" : "not_in_review" }
          : { lease: leaseOf(given, this.digest), reason: null };
      const { hold } = this;
      if (hold && task === null) await new Promise<void>(resolve => hold(resolve));
      return answer;
    },
    lease: async (token: string) => leaseOf(token.slice("token-".length), this.digest),
    ontology: async () => ontology,
    picture: async () => null,
    decide: async (token: string, decision: Decision) => {
      const { refusal } = this;
      this.refusal = null;
      if (refusal) throw refusal;
      const task = token.slice("token-".length);
      if (!this.open.delete(task)) throw new ApiProblem(409, { code: "submitted" });
      this.decided.push([task, decision]);
      return {} as Schemas["DecideReviewReceipt"];
    },
  };

  readonly leases = {
    draft: async (token: string): Promise<Draft> => {
      const kept = this.drafts.get(token);
      return { version: kept?.version ?? 0, content: kept?.content ?? null, updatedAt: null };
    },
    saveDraft: async (token: string, base: number, content: DraftContent) => {
      this.drafts.set(token, { version: base + 1, content });
      return { version: base + 1, expiresAt: "2999-01-01T00:00:00Z" };
    },
    heartbeat: async () => "2999-01-01T00:00:00Z",
    giveBack: async (token: string) => {
      this.returned.push(token);
      this.open.set(token.slice("token-".length), "free");
    },
  };
}

function canvas() {
  let session: Session = openSession(readAnswers(indexOntology(ontology), { width: 1, height: 1 }, undefined).scene);
  return {
    prepare: () => ({ size: { width: 1, height: 1 }, release: () => undefined }),
    open(task: WorkbenchTask) {
      session = openSession(readAnswers(indexOntology(task.ontology), { width: 1, height: 1 }, task.answers).scene);
      for (const command of task.journal ?? []) session = advance(session, command).session;
      return [];
    },
    answers: (): JsonObject => writeAnswers(session.scene),
    faults: () => [],
    getState: () => ({ scene: session.scene }),
    does(command: SessionCommand) {
      session = advance(session, command).session;
    },
  };
}

const settle = async () => {
  for (let i = 0; i < 60; i++) await new Promise(resolve => setImmediate(resolve));
};

let names = 0;

async function begin(server: Server, factory = new IDBFactory(), task: string | null = null) {
  const face = canvas();
  const timers = new Set<() => void>();
  const session = new ReviewSession({
    server: server.review,
    leases: server.leases,
    openJournal: () => Journal.open(factory),
    surroundings: {
      now: () => 1_000_000,
      after: (_, action) => {
        timers.add(action);
        return () => timers.delete(action);
      },
      isOnline: () => true,
      signedIn: () => Promise.resolve(),
    },
    chance: () => 0.5,
    newName: () => `name-${++names}`,
    contributor: "rita",
    project: "p",
  });
  await session.start(face, task);
  await settle();
  const wet: SessionCommand = { kind: "setAnswer", question: "weather", value: "wet" };
  const change = () => {
    face.does(wet);
    session.record(wet);
  };
  return { session, face, change, at: () => session.getState().case?.of.lease.task };
}

const accept: Decision = { decision: "accept", consensus: "d1" };

test("cases come one after the other, the next fetched ahead; at the end there is nothing", async () => {
  const server = new Server("a", "b", "c");
  const { session, at } = await begin(server);
  for (const task of ["a", "b", "c"]) {
    expect(at()).toBe(task);
    await session.decide(accept);
    await settle();
  }
  expect(server.decided.map(([task]) => task)).toEqual(["a", "b", "c"]);
  expect(session.getState()).toMatchObject({ phase: "empty", reason: "nothing_open", decided: 3 });
});

test("a case that is asked for ahead and comes in while it is opened otherwise is not shown again once decided", async () => {
  const server = new Server("a", "b", "c");
  const waiting: (() => void)[] = [];
  const { session, at } = await begin(server, new IDBFactory(), "a");
  session.leave();
  await settle();
  server.hold = go => waiting.push(go);
  session.resume();
  await settle();
  server.hold = null;
  // The answer with "b" is on its way while "a" is decided; the list says that "b" is one's own.
  const deciding = session.decide(accept);
  for (const go of waiting) go();
  await deciding;
  await settle();
  expect(at()).toBe("b");
  await session.decide(accept);
  await settle();
  expect(at()).toBe("c");
});

test("what was changed is there again after the page was left, and is decided by it", async () => {
  const server = new Server("a", "b");
  const factory = new IDBFactory();
  const first = await begin(server, factory);
  first.change();
  await settle();
  await first.session.stop();
  await settle();
  expect(server.open.get("a")).toBe("yours");
  expect(server.open.get("b")).toBe("free");
  const second = await begin(server, factory, "a");
  expect(second.face.answers()).toEqual({ weather: "wet" });
  expect(second.session.getState().case?.restored).toBe(true);
});

test("a case that nobody touched goes back when the page is left", async () => {
  const server = new Server("a");
  const { session } = await begin(server);
  await session.stop();
  await settle();
  expect(server.open.get("a")).toBe("free");
});

test("a consensus that changed meanwhile is shown anew; changes upon the old one are kept", async () => {
  for (const edited of [false, true]) {
    const server = new Server("a");
    const { session, face, change } = await begin(server);
    if (edited) change();
    server.digest = "d2";
    server.refusal = new ApiProblem(409, { code: "consensus_changed" });
    await session.decide(accept);
    await settle();
    const { case: current } = session.getState();
    expect([current?.changed, current?.of.lease.consensus?.digest, face.answers().weather]).toEqual([true, "d2", edited ? "wet" : "dry"]);
  }
});

test("a case that somebody else took says so and takes no decision", async () => {
  const server = new Server("a", "b");
  const { session, at } = await begin(server);
  server.refusal = new ApiProblem(409, { code: "expired" });
  await session.decide(accept);
  expect(session.getState().case?.ended).toBe("expired");
  await session.decide(accept);
  expect(server.decided).toEqual([]);
  server.open.delete("a");
  await session.takeAny();
  await settle();
  expect(at()).toBe("b");
});

test("another case is taken from the queue, and the one before goes back unless it was changed", async () => {
  const server = new Server("a", "b", "c");
  const { session, at } = await begin(server);
  await session.take("c");
  await settle();
  expect(at()).toBe("c");
  expect(server.returned).toContain("token-a");
  await session.take("gone");
  await settle();
  expect(session.getState()).toMatchObject({ phase: "empty", reason: "not_in_review" });
});
