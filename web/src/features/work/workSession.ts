import { ApiProblem } from "../../api/problem";
import type {
  AnswerFault,
  JsonObject,
  JsonValue,
  Ontology,
  PreparedImage,
  ReadFault,
  SessionCommand,
  Size,
  WorkbenchTask,
} from "../../engine";
import type { Draft } from "./draft";
import { type Journal, type JournalEntry, type JournalRecord, TakenOver } from "./journal";
import { Keeper, type KeeperState } from "./keeper";
import { Link, type LinkState, type Surroundings } from "./link";
import type { Lease, Next, WorkServer } from "./server";
import type { Turn } from "./turn";

/** What of the canvas the session needs: the engine fits. */
export interface Canvas {
  prepare(blob: Blob, size: Size): PreparedImage;
  open(task: WorkbenchTask): readonly ReadFault[];
  answers(): JsonObject;
  faults(): readonly AnswerFault[];
  getState(): {
    readonly scene: { readonly shapes: readonly { readonly id: string; readonly hidden: boolean; readonly locked: boolean }[] };
  };
}

export type SaveState = "saved" | "saving" | "local" | "offline" | "failing" | "signed_out" | "unsaved";

/** Why a lease takes no answers any more. */
export type EndOfLease = "expired" | "submitted" | "skipped" | "returned" | "different_body" | "already_answered" | "unknown_lease";

export interface OpenTask {
  readonly lease: Lease;
  readonly ontology: Ontology;
  /** Counts up with each opening, so that what belongs to one task is not taken for another's. */
  readonly opening: number;
  readonly readFaults: readonly ReadFault[];
  readonly picture: { readonly state: "there" | "none" } | { readonly state: "missing"; readonly problem: unknown };
  /** Work from before was found. */
  readonly restored: boolean;
  /** The term ran out: it can be submitted unless somebody else has it by now. */
  readonly overdue: boolean;
  readonly ended: EndOfLease | null;
}

export interface WorkState {
  readonly phase: "opening" | "elsewhere" | "task" | "empty" | "failed";
  /** For "elsewhere": this tab had the work before. */
  readonly wasHere: boolean;
  /** For "empty": why there is nothing. */
  readonly reason: string | null;
  readonly problem: unknown;
  readonly task: OpenTask | null;
  readonly busy: "submitting" | "leaving" | null;
  readonly submitProblem: ApiProblem | null;
  readonly save: SaveState;
  readonly link: LinkState;
  readonly keeper: KeeperState | null;
  readonly today: { readonly responses: number; readonly activeMilliseconds: number } | null;
}

export interface SessionParts {
  readonly server: WorkServer;
  readonly openJournal: () => Promise<Journal | null>;
  readonly turn: Turn;
  readonly surroundings: Surroundings;
  readonly chance: () => number;
  /** A new name, such as of a tab. */
  readonly newName: () => string;
  readonly contributor: string;
  readonly project: string;
}

/** A task with everything that is needed to show it at once. */
interface Ready {
  readonly lease: Lease;
  readonly ontology: Ontology;
  readonly draft: Draft;
  readonly image: PreparedImage | null;
  readonly pictureProblem: unknown;
  /** What the journal has of it, made this tab's own. */
  readonly entry: JournalEntry;
}

/** The task after the one at hand: it is made ready a moment after that one is shown, or as soon as it is wanted. */
interface Ahead {
  readonly token: string;
  /** Whether that has begun. */
  isBegun: boolean;
  ready(): Promise<Ready>;
}

/** The picture at hand is painted first; only then the next one is fetched and decoded. */
const SETTLE = 250;

const HEARTBEAT = 60_000;

/** Nobody who does nothing for so long is working: the lease then runs out. */
const IDLE = 10 * 60_000;

/** A pause of more than this is none of the time that was worked. */
const PAUSE = 20_000;

const opening: WorkState = {
  phase: "opening",
  wasHere: false,
  reason: null,
  problem: null,
  task: null,
  busy: null,
  submitProblem: null,
  save: "saved",
  link: "good",
  keeper: null,
  today: null,
};

/**
 * Somebody's work in a project: takes tasks, keeps what is drawn, submits. Outside React, and without a browser in tests. One tab holds the work of a
 * person in a project at a time (`Turn`), since all tabs would be given the same leases.
 */
export class WorkSession {
  readonly #parts: SessionParts;
  readonly #link: Link;
  readonly #holder: string;
  readonly #listeners = new Set<() => void>();
  #state: WorkState = opening;
  #canvas: Canvas | null = null;
  #journal: Journal | null = null;
  #opened: Promise<Journal | null> | null = null;
  readonly #life = new AbortController();
  #keeper: Keeper | null = null;
  #record: JournalRecord | null = null;
  #next: Ahead | null = null;
  /** A submit that waits for the server can be called off. */
  #submitting: AbortController | null = null;
  #openings = 0;
  #active = 0;
  #lastInput = 0;
  #stopBeat: (() => void) | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#holder = parts.newName();
    this.#link = new Link(parts.surroundings, parts.chance);
    this.#link.subscribe(() => this.#refresh());
  }

  getState = (): WorkState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  // ---- beginning and ending

  /** Begins with the canvas that stands on the page. A session is started once and stopped once. */
  async start(canvas: Canvas): Promise<void> {
    this.#canvas = canvas;
    this.#touch();
    // Asked while it is found out whose turn it is: what is then done looks at each lease anew.
    const asked = this.#askMine();
    asked.catch(() => undefined);
    this.#openJournal().catch(() => undefined);
    const mine = await this.#parts.turn.take(false, () => this.#onTurnLost());
    if (this.#life.signal.aborted) {
      this.#parts.turn.release();
      return;
    }
    if (mine) await this.#begin(asked);
    else this.#standBy(false);
  }

  #openJournal(): Promise<Journal | null> {
    this.#opened ??= this.#parts.openJournal().then(journal => {
      if (this.#life.signal.aborted) journal?.close();
      else this.#journal = journal;
      return this.#journal;
    });
    return this.#opened;
  }

  #askMine(): ReturnType<WorkServer["mine"]> {
    return this.#link.persist(() => this.#parts.server.mine(), this.#life.signal);
  }

  /** Another tab has the work. When that tab goes, the work comes here by itself. */
  #standBy(wasHere: boolean): void {
    this.#set({ ...opening, phase: "elsewhere", wasHere, today: this.#state.today });
    const onFree = () => {
      if (!this.#life.signal.aborted) void this.retry();
    };
    this.#parts.turn.wait(() => this.#onTurnLost(), onFree);
  }

  /** Works here, whatever tab has the work now. */
  async takeOver(): Promise<void> {
    this.#set({ ...opening });
    await this.#parts.turn.take(true, () => this.#onTurnLost());
    await this.#begin();
  }

  async stop(): Promise<void> {
    this.#life.abort(new DOMException("The workbench was left.", "AbortError"));
    this.#stopBeat?.();
    this.#submitting?.abort();
    this.#keeper?.flush();
    await this.#leaveTask();
    this.#dropNext();
    this.#parts.turn.release();
    this.#journal?.close();
    this.#journal = null;
    this.#canvas = null;
  }

  /** Begins from what server and journal say now. */
  async retry(): Promise<void> {
    this.#set({ ...opening, today: this.#state.today });
    await this.#begin();
  }

  async #begin(asked = this.#askMine()): Promise<void> {
    const looks = new Map<string, Promise<Lease | null>>();
    // Each lease is looked at as soon as the journal or the server names it.
    const look = (token: string) => {
      const looking = looks.get(token) ?? this.#look(token, this.#life.signal);
      looks.set(token, looking);
      looking.catch(() => undefined);
    };
    const keeping = async () => {
      const kept = await this.#kept();
      for (const { token } of kept) look(token);
      return kept;
    };
    const holding = async () => {
      const { held, responses, activeMilliseconds } = await asked;
      held.forEach(look);
      this.#set({ ...this.#state, today: { responses, activeMilliseconds } });
      return held;
    };
    try {
      const [kept, held] = await Promise.all([keeping(), holding()]);
      await this.#choose(kept, held, await Promise.all(looks.values()));
      this.#beat();
    } catch (failure) {
      this.#fail(failure);
    }
  }

  async #kept(): Promise<readonly JournalRecord[]> {
    const journal = await this.#openJournal();
    return (await journal?.list(this.#parts.contributor, this.#parts.project)) ?? [];
  }

  /** What to go on with: a submit under way, then what is held and begun, then what is held, then what ran out with work in it, then a new task. */
  async #choose(kept: readonly JournalRecord[], held: readonly string[], found: readonly (Lease | null)[]): Promise<void> {
    const leases = found.filter(lease => lease !== null).filter(lease => lease.project === this.#parts.project);
    const live = (lease: Lease) => lease.state === "live";
    const isBegun = (lease: Lease) => kept.some(record => record.token === lease.token && hasWork(record));
    const sending = kept.find(record => record.submission !== null && leases.some(lease => lease.token === record.token));
    for (const record of kept) {
      const lease = leases.find(each => each.token === record.token);
      // Of what is over nothing is wanted; what ran out untouched is nobody's.
      const over = !lease || ["submitted", "skipped", "returned"].includes(lease.state) || (lease.state === "expired" && !hasWork(record));
      if (over && record !== sending) await this.#journal?.forget(record.token);
    }
    const lives = leases.filter(live).sort((a, b) => held.indexOf(a.token) - held.indexOf(b.token));
    const lease =
      leases.find(each => each.token === sending?.token) ??
      lives.find(isBegun) ??
      leases.find(each => each.state === "expired" && isBegun(each)) ??
      lives[0];
    if (!lease) {
      await this.#fromServer();
      return;
    }
    await this.#open(await this.#prepare(lease));
    const isSending = sending !== undefined && lease.token === sending.token;
    const other = lives.find(each => each.token !== lease.token) ?? null;
    // What is being sent brings the next one itself, unless it is here already.
    if (other || !isSending) this.#prefetch(other);
    if (isSending) await this.#resend(sending);
  }

  /** A lease as it is now; null where the server knows of none. */
  async #look(token: string, signal: AbortSignal): Promise<Lease | null> {
    try {
      return await this.#link.persist(() => this.#parts.server.lease(token), signal);
    } catch (failure) {
      if (failure instanceof ApiProblem && failure.status === 404) return null;
      throw failure;
    }
  }

  #onTurnLost(): void {
    void this.#keeper?.stop();
    this.#dropNext();
    this.#stopBeat?.();
    this.#submitting?.abort();
    if (!this.#life.signal.aborted) this.#standBy(true);
  }

  // ---- tasks

  async #fromServer(): Promise<void> {
    const next = await this.#link.persist(() => this.#parts.server.next(this.#parts.project), this.#life.signal);
    await this.#take(next);
  }

  async #take(next: Next): Promise<void> {
    if (!next.lease) {
      await this.#leaveTask();
      this.#set({ ...this.#state, phase: "empty", task: null, busy: null, reason: next.reason, keeper: null });
      return;
    }
    await this.#open(await this.#prepare(next.lease));
    this.#prefetch(null);
  }

  /** Fetches all of a task and has its picture decoded. What can be shown without the picture is shown without it. */
  async #prepare(lease: Lease): Promise<Ready> {
    const { server } = this.#parts;
    const { signal } = this.#life;
    const fetchPicture = async (): Promise<{ image: PreparedImage | null; problem: unknown }> => {
      try {
        const blob = await this.#link.persist(() => server.picture(lease), signal);
        return { image: blob && this.#canvas ? this.#canvas.prepare(blob, sizeOf(lease)) : null, problem: null };
      } catch (problem) {
        if (signal.aborted || !(problem instanceof ApiProblem)) throw problem;
        return { image: null, problem };
      }
    };
    const fetchWork = async () => {
      const draft = await this.#link.persist(() => server.draft(lease.token), signal);
      // Now already, so that showing it later waits for no disk.
      return { draft, entry: await this.#takeRecord(lease, draft) };
    };
    const [ontology, work, picture] = await Promise.all([
      this.#link.persist(() => server.ontology(lease), signal),
      fetchWork(),
      fetchPicture(),
    ]);
    return { lease, ontology, ...work, image: picture.image, pictureProblem: picture.problem };
  }

  async #open(ready: Ready): Promise<void> {
    const canvas = this.#canvas;
    if (!canvas) return;
    await this.#leaveTask();
    const { lease } = ready;
    const { record, commands, conflict } = await this.#reconcile(ready.entry, ready.draft);
    this.#record = record;
    this.#active = record.activeMilliseconds;
    this.#lastInput = this.#parts.surroundings.now();
    const task: WorkbenchTask = {
      ontology: ready.ontology,
      image: ready.image,
      size: sizeOf(lease),
      answers: record.base.answers,
      hidden: record.base.hidden,
      locked: record.base.locked,
      journal: commands,
    };
    const readFaults = canvas.open(task);
    const last = record.base.sequence + commands.length;
    this.#keeper = new Keeper({
      journal: this.#journal,
      server: this.#parts.server,
      link: this.#link,
      surroundings: this.#parts.surroundings,
      token: lease.token,
      holder: this.#holder,
      writer: record.writer,
      last,
      saved: record.savedSequence,
      version: record.savedVersion,
      conflict,
      content: () => contentOf(canvas, this.#active),
      onChange: () => this.#onKeeper(),
      onRenewed: expiresAt => this.#renewed(lease.token, expiresAt),
    });
    this.#set({
      ...this.#state,
      phase: "task",
      busy: null,
      submitProblem: null,
      reason: null,
      task: {
        lease,
        ontology: ready.ontology,
        opening: ++this.#openings,
        readFaults,
        picture: ready.pictureProblem
          ? { state: "missing", problem: ready.pictureProblem }
          : { state: lease.inputs.length === 0 ? "none" : "there" },
        restored: commands.length > 0 || ready.draft.content !== null,
        overdue: lease.state === "expired",
        ended: null,
      },
    });
  }

  async #takeRecord(lease: Lease, draft: Draft): Promise<JournalEntry> {
    const fresh: JournalRecord = {
      token: lease.token,
      contributor: this.#parts.contributor,
      project: this.#parts.project,
      lease,
      writer: this.#parts.newName(),
      holder: this.#holder,
      base: baseOf(lease, draft, 0),
      last: 0,
      savedVersion: draft.version,
      savedSequence: 0,
      activeMilliseconds: draft.content?.active_milliseconds ?? 0,
      submission: null,
      touchedAt: this.#parts.surroundings.now(),
    };
    const none = { record: fresh, commands: [] };
    try {
      return (await this.#journal?.take(fresh)) ?? none;
    } catch (failure) {
      if (failure instanceof TakenOver) throw failure;
      // Storage that fails is told by the status; the server's drafts remain.
      return none;
    }
  }

  /** Joins what this browser and the server have of one task. The newer one stands; where both went on apart, a person decides. */
  async #reconcile(entry: JournalEntry, draft: Draft): Promise<JournalEntry & { conflict: Draft | null }> {
    const { record, commands } = entry;
    const last = record.base.sequence + commands.length;
    if (draft.version === record.savedVersion || draft.version === 0) return { ...entry, conflict: null };
    const isOwn = draft.content?.writer === record.writer;
    const content = draft.content;
    if (isOwn && content && content.sequence <= last)
      return { record: { ...record, savedVersion: draft.version, savedSequence: content.sequence }, commands, conflict: null };
    // All that is here was there before the other went on, or the server has more of this journal than it has itself.
    if (isOwn || record.savedSequence >= last) return { ...(await this.#rebase(record, draft, content?.sequence ?? last)), conflict: null };
    return { ...entry, conflict: draft };
  }

  async #rebase(record: JournalRecord, draft: Draft, sequence: number): Promise<JournalEntry> {
    const base = baseOf(record.lease, draft, Math.max(sequence, record.savedSequence));
    await this.#journal?.rebase(record.token, record.holder, base, draft.version);
    return {
      record: {
        ...record,
        base,
        last: base.sequence,
        savedVersion: draft.version,
        savedSequence: base.sequence,
        activeMilliseconds: Math.max(record.activeMilliseconds, draft.content?.active_milliseconds ?? 0),
      },
      commands: [],
    };
  }

  /** Of two drafts that went apart: go on with this computer's, or with the other. */
  async decide(which: "this" | "other"): Promise<void> {
    const { task, keeper } = this.#state;
    if (!task || !keeper?.conflict || !this.#record) return;
    if (which === "this") {
      this.#keeper?.keepThis();
      return;
    }
    const draft = keeper.conflict;
    const record = this.#record;
    await this.#keeper?.stop();
    this.#keeper = null;
    await this.#rebase(record, draft, keeper.last);
    await this.#reopen();
  }

  /** The same task once more from the server and the journal, such as after its picture failed. */
  async reload(): Promise<void> {
    await this.#guarded(() => this.#reopen());
  }

  async #reopen(): Promise<void> {
    const token = this.#state.task?.lease.token;
    this.#set({ ...this.#state, busy: "leaving" });
    await this.#leaveTask();
    const lease = token ? await this.#look(token, this.#life.signal) : null;
    if (!lease) await this.#fromServer();
    else await this.#open(await this.#prepare(lease));
  }

  /** Ends when the journal has all of it. */
  async #leaveTask(): Promise<void> {
    const keeper = this.#keeper;
    this.#keeper = null;
    this.#record = null;
    await keeper?.stop();
  }

  // ---- the next one, ahead of time

  #prefetch(known: Lease | null): void {
    this.#dropNext();
    const { signal } = this.#life;
    const fetching = async (): Promise<Lease | null> => {
      if (known) return known;
      const next = await this.#link.persist(() => this.#parts.server.next(this.#parts.project), signal);
      return next.lease;
    };
    void fetching()
      .then(lease => {
        const current = this.#state.task?.lease.token;
        if (!lease || lease.token === current || signal.aborted) return;
        this.#next = this.#ahead(lease);
      })
      .catch(failure => {
        if (!signal.aborted && !(failure instanceof ApiProblem)) throw failure;
      });
  }

  #ahead(lease: Lease): Ahead {
    let ready: Promise<Ready> | null = null;
    const next: Ahead = {
      token: lease.token,
      isBegun: false,
      ready: () => {
        next.isBegun = true;
        ready ??= this.#prepare(lease);
        return ready;
      },
    };
    this.#parts.surroundings.after(SETTLE, () => {
      // Whoever opens it hears of a failure; until then nobody need.
      if (this.#next === next) next.ready().catch(() => undefined);
    });
    return next;
  }

  #dropNext(): void {
    const next = this.#next;
    this.#next = null;
    if (next?.isBegun)
      void next
        .ready()
        .then(ready => ready.image?.release())
        .catch(() => undefined);
  }

  /** Shows the task that was fetched ahead; false where there is none that still counts. */
  async #openNext(): Promise<boolean> {
    const next = this.#next;
    this.#next = null;
    if (!next) return false;
    try {
      await this.#open(await next.ready());
      return true;
    } catch (failure) {
      if (this.#life.signal.aborted) throw failure;
      return false;
    }
  }

  // ---- what people do

  /** A command was done on the canvas. */
  record(command: SessionCommand): void {
    this.#touch();
    this.#keeper?.record(command);
  }

  /** Somebody is there. */
  touch(): void {
    this.#touch();
  }

  /** Sends the draft now, as when the page is hidden. */
  flush(): void {
    this.#keeper?.flush();
  }

  /** The network may be back. */
  wake(): void {
    this.#link.wake();
    if (this.#state.task && this.#state.phase === "task") void this.#heartbeat();
  }

  /** Answers the task, after which the next one is shown. */
  async submit(): Promise<void> {
    const { task, busy, keeper } = this.#state;
    const canvas = this.#canvas;
    if (!canvas || !task || task.ended || busy || keeper?.conflict || canvas.faults().length > 0) return;
    this.#touch();
    const answers = canvas.answers();
    const activeMilliseconds = Math.round(this.#active);
    const noted = this.#journal?.submitting(task.lease.token, this.#holder, { answers, activeMilliseconds });
    // The server's receipt is what counts; without the note a reload asks to submit once more.
    noted?.catch(() => undefined);
    await this.#send(task.lease, answers, activeMilliseconds);
  }

  async #resend(record: JournalRecord): Promise<void> {
    if (record.submission) await this.#send(record.lease, record.submission.answers, record.submission.activeMilliseconds);
  }

  async #send(lease: Lease, answers: JsonObject, activeMilliseconds: number): Promise<void> {
    this.#set({ ...this.#state, busy: "submitting", submitProblem: null });
    const calling = new AbortController();
    this.#submitting = calling;
    const signal = AbortSignal.any([calling.signal, this.#life.signal]);
    try {
      const receipt = await this.#link.persist(() => this.#parts.server.submit(lease.token, answers, activeMilliseconds), signal);
      await this.#onReceipt(lease, activeMilliseconds, receipt.next);
    } catch (failure) {
      if (this.#life.signal.aborted || this.#state.phase === "elsewhere") return;
      await this.#unsubmit(lease.token);
      if (calling.signal.aborted) this.#set({ ...this.#state, busy: null });
      else if (failure instanceof ApiProblem) this.#onRefused(failure);
      else this.#fail(failure);
    } finally {
      if (this.#submitting === calling) this.#submitting = null;
    }
  }

  /** Goes on drawing instead of waiting for the server. */
  callOff(): void {
    this.#submitting?.abort(new DOMException("The submit was called off.", "AbortError"));
  }

  async #unsubmit(token: string): Promise<void> {
    await this.#journal?.submitting(token, this.#holder, null).catch(() => undefined);
  }

  async #onReceipt(lease: Lease, activeMilliseconds: number, next: Next | null): Promise<void> {
    const { today } = this.#state;
    const done = today && { responses: today.responses + 1, activeMilliseconds: today.activeMilliseconds + activeMilliseconds };
    // Told with the task that follows, so that the page is drawn once.
    this.#state = { ...this.#state, today: done };
    // The server has it: the next picture waits for nothing that the journal still writes of it. Then it is cleared away.
    const left = this.#leaveTask();
    const shown = await this.#openNext();
    void left.then(() => this.#journal?.forget(lease.token)).catch(() => undefined);
    if (!shown) {
      if (next) await this.#take(next);
      else await this.#fromServer();
    } else if (next?.lease) this.#prefetch(next.lease.token === this.#state.task?.lease.token ? null : next.lease);
  }

  #onRefused(problem: ApiProblem): void {
    const { task } = this.#state;
    const end = endOf(problem);
    this.#set({
      ...this.#state,
      busy: null,
      submitProblem: problem,
      task: task && end ? { ...task, ended: end } : task,
    });
  }

  /** Gives the task up for good, with a reason. */
  async skip(reason: string): Promise<void> {
    await this.#leave(token => this.#parts.server.skip(token, reason));
  }

  /** Gives the task back for others. */
  async giveBack(): Promise<void> {
    await this.#leave(token => this.#parts.server.giveBack(token));
  }

  /** Leaves a task that has ended; its work goes with it. */
  async discard(): Promise<void> {
    await this.#leave(async () => undefined);
  }

  async #leave(end: (token: string) => Promise<void>): Promise<void> {
    const { task, busy } = this.#state;
    if (!task || busy) return;
    const { token } = task.lease;
    this.#touch();
    this.#set({ ...this.#state, busy: "leaving", submitProblem: null });
    await this.#guarded(async () => {
      try {
        await this.#link.persist(() => end(token), this.#life.signal);
      } catch (failure) {
        // What has ended otherwise is left all the same.
        if (!(failure instanceof ApiProblem) || !endOf(failure)) throw failure;
      }
      await this.#leaveTask();
      await this.#journal?.forget(token);
      if (await this.#openNext()) this.#prefetch(null);
      else await this.#fromServer();
    });
  }

  async #guarded(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (failure) {
      if (this.#life.signal.aborted) return;
      if (failure instanceof ApiProblem && this.#state.task) this.#set({ ...this.#state, busy: null, submitProblem: failure });
      else this.#fail(failure);
    }
  }

  /** All that is drawn and answered here, for a file. */
  exported(): JsonValue | null {
    const { task } = this.#state;
    if (!task || !this.#canvas) return null;
    return {
      lease: task.lease.token,
      project: task.lease.project,
      ontology_version: task.lease.ontology_version,
      answers: this.#canvas.answers(),
    };
  }

  // ---- the lease

  #beat(): void {
    this.#stopBeat?.();
    this.#stopBeat = this.#parts.surroundings.after(HEARTBEAT, () => {
      void this.#heartbeat();
      this.#beat();
    });
  }

  async #heartbeat(): Promise<void> {
    const { now } = this.#parts.surroundings;
    if (now() - this.#lastInput > IDLE) return;
    const { task } = this.#state;
    const tokens = [task && !task.ended && !task.overdue ? task.lease.token : null, this.#next?.token ?? null].filter(
      token => token !== null,
    );
    await Promise.all(tokens.map(token => this.#renew(token)));
  }

  async #renew(token: string): Promise<void> {
    try {
      this.#renewed(token, await this.#link.persist(() => this.#parts.server.heartbeat(token), this.#life.signal));
    } catch (failure) {
      if (this.#life.signal.aborted || !(failure instanceof ApiProblem)) return;
      if (this.#next?.token === token) this.#dropNext();
      const { task } = this.#state;
      const end = endOf(failure);
      if (task?.lease.token !== token || !end) return;
      this.#set({ ...this.#state, task: end === "expired" ? { ...task, overdue: true } : { ...task, ended: end } });
    }
  }

  #renewed(token: string, expiresAt: string): void {
    const { task } = this.#state;
    if (task?.lease.token !== token || task.lease.expires_at === expiresAt) return;
    this.#set({ ...this.#state, task: { ...task, lease: { ...task.lease, expires_at: expiresAt } } });
  }

  // ---- telling

  #touch(): void {
    const now = this.#parts.surroundings.now();
    const since = now - this.#lastInput;
    if (since < PAUSE) this.#active += since;
    const wasIdle = this.#lastInput > 0 && since > IDLE;
    this.#lastInput = now;
    if (wasIdle) void this.#heartbeat();
  }

  #onKeeper(): void {
    const { task } = this.#state;
    const state = this.#keeper?.state;
    if (state?.lost) {
      this.#onTurnLost();
      return;
    }
    const end = state?.refused ? endOfCode(state.refused) : null;
    if (task && end && !task.ended && this.#state.busy === null) this.#set({ ...this.#state, task: { ...task, ended: end } });
    else this.#refresh();
  }

  #refresh(): void {
    this.#set(this.#state);
  }

  #fail(failure: unknown): void {
    if (this.#life.signal.aborted) return;
    if (failure instanceof TakenOver) this.#onTurnLost();
    else this.#set({ ...this.#state, phase: "failed", problem: failure, busy: null });
  }

  #set(state: WorkState): void {
    const keeper = this.#keeper?.state ?? null;
    const link = this.#link.state;
    const save = saveState(keeper, link, this.#parts.surroundings.isOnline());
    const same = state === this.#state && keeper === state.keeper && link === state.link && save === state.save;
    if (same) return;
    this.#state = { ...state, keeper, link, save };
    for (const listener of this.#listeners) listener();
  }
}

/** What may honestly be said of where the work is. */
export function saveState(keeper: KeeperState | null, link: LinkState, isOnline: boolean): SaveState {
  if (!keeper || keeper.saved >= keeper.last) return "saved";
  if (keeper.journalled < keeper.last) return keeper.journalFails ? "unsaved" : "saving";
  if (link === "signed_out") return "signed_out";
  if (link === "offline" || !isOnline) return "offline";
  return link === "failing" ? "failing" : "local";
}

const hasWork = (record: JournalRecord): boolean => record.last > 0 || record.submission !== null;

/** What the server's refusal says of the lease; null where it says nothing of it. */
function endOf(problem: ApiProblem): EndOfLease | null {
  if (problem.status === 404) return "unknown_lease";
  return problem.status === 409 ? endOfCode(problem.code) : null;
}

const ENDS: readonly EndOfLease[] = ["expired", "submitted", "skipped", "returned", "different_body", "already_answered", "unknown_lease"];

const endOfCode = (code: string): EndOfLease | null => ENDS.find(each => each === code) ?? null;

function sizeOf(lease: Lease): Size {
  const input = lease.inputs.find(each => each.kind === "image");
  return input ? { width: input.width, height: input.height } : { width: 1, height: 1 };
}

function baseOf(lease: Lease, draft: Draft, sequence: number): JournalRecord["base"] {
  const { content } = draft;
  if (!content)
    return { answers: (lease.correction?.answers ?? lease.prelabel?.answers ?? null) as JsonValue, hidden: [], locked: [], sequence };
  return { answers: content.answers, hidden: content.hidden, locked: content.locked, sequence };
}

function contentOf(canvas: Canvas, active: number) {
  const { shapes } = canvas.getState().scene;
  return {
    answers: canvas.answers(),
    hidden: shapes.filter(shape => shape.hidden).map(shape => shape.id),
    locked: shapes.filter(shape => shape.locked).map(shape => shape.id),
    active_milliseconds: Math.round(active),
  };
}
