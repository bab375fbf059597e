import { ApiProblem } from "../../api/problem";
import {
  checkScene,
  indexOntology,
  type JsonObject,
  type Ontology,
  readAnswers,
  type SessionCommand,
  type WorkbenchTask,
  writeAnswers,
} from "../../engine";
import { emptyScene } from "../../engine/scene/scene";
import { advance, openSession, replay, type Session } from "../../engine/scene/session";
import type { Draft, DraftContent } from "./draft";
import { Journal } from "./journal";
import type { Surroundings } from "./link";
import type { Lease, Next, WorkServer } from "./server";
import type { Turn } from "./turn";
import { type Canvas, WorkSession } from "./workSession";

/** A world in memory for tests: a server that keeps leases as the real one does, a clock that is turned by hand, a canvas without pixels. */
export const ONTOLOGY: Ontology = {
  questions: [
    { id: "weather", kind: "choice", required: true, options: [{ id: "clear" }, { id: "rain" }, { id: "snow" }] },
    { id: "note", kind: "text" },
  ],
};

export const leaseOf = (token: string, state = "live"): Lease => ({
  token,
  project: "streets",
  state,
  ontology_version: 1,
  ontology_url: "",
  inputs: [{ kind: "image", url: "", width: 64, height: 48, media_type: "image/png" }],
  issued_at: "2026-01-01T00:00:00Z",
  expires_at: "2026-01-01T00:30:00Z",
  correction: null,
  prelabel: null,
});

const refusal = (status: number, code: string, more: Record<string, unknown> = {}) => new ApiProblem(status, { code, ...more });
const unreachable = () => ApiProblem.unreachable(new TypeError("Failed to fetch"));

interface Held {
  state: string;
  draft: Draft;
  response: string | null;
}

export class FakeServer implements WorkServer {
  readonly leases = new Map<string, Held>();
  readonly responses = new Map<string, JsonObject>();
  tasks: string[];
  /** What the next calls come to before anything is done, or after all was done and only the answer is lost. */
  faults: { readonly when: "before" | "after"; readonly problem: ApiProblem }[] = [];
  calls: string[] = [];
  isGone = false;
  isSignedOut = false;

  constructor(tasks: readonly string[]) {
    this.tasks = [...tasks];
  }

  fail(when: "before" | "after", problem: ApiProblem = unreachable()): void {
    this.faults.push({ when, problem });
  }

  expire(token: string): void {
    this.#lease(token).state = "expired";
  }

  mine = () =>
    this.#answer("mine", () => ({
      responses: this.responses.size,
      activeMilliseconds: 0,
      held: [...this.leases].filter(([, lease]) => lease.state === "live").map(([token]) => token),
    }));

  next = () => this.#answer("next", () => this.#give());

  lease = (token: string) => this.#answer("lease", () => leaseOf(token, this.#lease(token).state));

  ontology = () => this.#answer("ontology", () => ONTOLOGY);

  picture = () => this.#answer("picture", () => new Blob(["picture"]));

  draft = (token: string) => this.#answer("draft", () => this.#lease(token).draft);

  saveDraft = (token: string, base: number, content: DraftContent) =>
    this.#answer("saveDraft", () => {
      const lease = this.#lease(token);
      if (!["live", "expired"].includes(lease.state)) throw refusal(409, lease.state);
      if (lease.draft.version > 0 && lease.draft.version !== base) {
        const { version, content: body } = lease.draft;
        throw refusal(409, "newer_draft", { draft: { version, body, updated_at: "2026-01-01T00:00:00Z" } });
      }
      lease.draft = { version: lease.draft.version + 1, content: structuredClone(content), updatedAt: "2026-01-01T00:00:00Z" };
      return { version: lease.draft.version, expiresAt: "2026-01-01T00:40:00Z" };
    });

  heartbeat = (token: string) =>
    this.#answer("heartbeat", () => {
      const { state } = this.#lease(token);
      if (state !== "live") throw refusal(409, state);
      return "2026-01-01T00:50:00Z";
    });

  submit = (token: string, answers: JsonObject) =>
    this.#answer("submit", () => {
      const lease = this.#lease(token);
      const body = JSON.stringify(answers);
      if (lease.state === "submitted" && lease.response !== body) throw refusal(409, "different_body");
      if (!["live", "submitted"].includes(lease.state)) throw refusal(409, lease.state);
      lease.state = "submitted";
      lease.response = body;
      this.responses.set(token, answers);
      return { token, submitted_at: "2026-01-01T00:10:00Z", next: this.#give() };
    });

  skip = (token: string) => this.#answer("skip", () => this.#end(token, "skipped"));

  giveBack = (token: string) => this.#answer("giveBack", () => this.#end(token, "returned"));

  #end(token: string, state: string): void {
    this.#lease(token).state = state;
  }

  #give(): Next {
    const live = [...this.leases].filter(([, lease]) => lease.state === "live").map(([token]) => token);
    const token = live.length >= 2 ? live[0] : this.tasks.shift();
    if (!token) return { lease: null, reason: "nothing_open" };
    if (!this.leases.has(token))
      this.leases.set(token, { state: "live", draft: { version: 0, content: null, updatedAt: null }, response: null });
    return { lease: leaseOf(token), reason: null };
  }

  #lease(token: string): Held {
    const lease = this.leases.get(token);
    if (!lease) throw refusal(404, "not_found");
    return lease;
  }

  async #answer<T>(name: string, work: () => T): Promise<T> {
    this.calls.push(name);
    await Promise.resolve();
    if (this.isGone) throw unreachable();
    if (this.isSignedOut) throw refusal(401, "unauthenticated");
    const fault = this.faults.shift();
    if (fault?.when === "before") throw fault.problem;
    const answer = work();
    if (fault) throw fault.problem;
    return answer;
  }
}

export class FakeSurroundings implements Surroundings {
  #now = 1_000_000;
  #timers: { readonly at: number; readonly action: () => void }[] = [];
  #waiting: (() => void)[] = [];
  online = true;

  now = () => this.#now;
  isOnline = () => this.online;
  signedIn = () => new Promise<void>(resolve => this.#waiting.push(resolve));

  after = (milliseconds: number, action: () => void) => {
    const timer = { at: this.#now + milliseconds, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(each => each !== timer);
    };
  };

  signIn(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Turns the clock on, timer by timer, with all that follows from each. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await settle();
    for (;;) {
      const [due] = this.#timers.filter(timer => timer.at <= until).sort((a, b) => a.at - b.at);
      if (!due) break;
      this.#timers = this.#timers.filter(timer => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.action();
      await settle();
    }
    this.#now = until;
  }
}

/** All that can happen without time passing has happened. The journal in memory answers by the event loop, a few turns for each step. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await new Promise(resolve => setImmediate(resolve));
}

export class FakeCanvas implements Canvas {
  #session: Session = openSession(emptyScene(indexOntology(ONTOLOGY), { width: 64, height: 48 }));
  onCommand: (command: SessionCommand) => void = () => {};
  opened = 0;

  prepare = (_: Blob, size: { width: number; height: number }) => ({ size, release: () => undefined });
  open = (task: WorkbenchTask) => {
    const { scene, faults } = readAnswers(indexOntology(task.ontology), { width: 64, height: 48 }, task.answers);
    this.#session = replay(openSession(scene), task.journal ?? []);
    this.opened++;
    return faults;
  };
  answers = () => writeAnswers(this.#session.scene);
  faults = () => checkScene(this.#session.scene);
  getState = () => ({ scene: this.#session.scene });

  say(question: string, value: string): void {
    this.do({ kind: "setAnswer", question, value });
  }

  do(command: SessionCommand): void {
    this.#session = advance(this.#session, command).session;
    this.onCommand(command);
  }
}

/** The right to work, among the tabs of one test. */
export class Turns {
  #lost: (() => void) | null = null;
  #waiting: (() => void)[] = [];

  tab(): Turn {
    let own: (() => void) | null = null;
    let waits: (() => void) | null = null;
    const take = (onLost: () => void) => {
      const before = this.#lost;
      own = onLost;
      this.#lost = onLost;
      before?.();
    };
    return {
      take: async (force, onLost) => {
        if (this.#lost && !force) return false;
        this.#waiting = this.#waiting.filter(each => each !== waits);
        take(onLost);
        return true;
      },
      wait: (onLost, onFree) => {
        waits = () => {
          take(onLost);
          onFree();
        };
        this.#waiting.push(waits);
      },
      release: () => {
        this.#waiting = this.#waiting.filter(each => each !== waits);
        if (this.#lost !== own) return;
        this.#lost = null;
        this.#waiting.shift()?.();
      },
    };
  }
}

export interface Tab {
  readonly session: WorkSession;
  readonly canvas: FakeCanvas;
  /** The tab is gone, without a word. */
  kill(): void;
}

let names = 0;

/** Opens the workbench in a tab of a browser that keeps its journal in `storage`. */
export function openTab(server: WorkServer, surroundings: Surroundings, storage: IDBFactory | null, turns: Turns): Tab {
  const canvas = new FakeCanvas();
  const turn = turns.tab();
  let isDead = false;
  // What goes on in a page that is gone reaches nobody.
  const ofLiving: Turn = {
    take: (force, onLost) => (isDead ? Promise.resolve(false) : turn.take(force, onLost)),
    wait: (onLost, onFree) => {
      if (!isDead) turn.wait(onLost, onFree);
    },
    release: () => turn.release(),
  };
  const session = new WorkSession({
    server,
    openJournal: async () => (storage ? Journal.open(storage) : null),
    turn: ofLiving,
    surroundings,
    chance: () => 0.5,
    newName: () => `name-${++names}`,
    contributor: "ann",
    project: "streets",
  });
  canvas.onCommand = command => session.record(command);
  void session.start(canvas);
  return {
    session,
    canvas,
    kill: () => {
      isDead = true;
      canvas.onCommand = () => {};
      turn.release();
    },
  };
}
