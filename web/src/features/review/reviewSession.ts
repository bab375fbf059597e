import { ApiProblem } from "../../api/problem";
import type { JsonObject, Ontology, PreparedImage, SessionCommand, WorkbenchTask } from "../../engine";
import type { Draft } from "../work/draft";
import { type Journal, TakenOver } from "../work/journal";
import { Keeper } from "../work/keeper";
import { Link, type Surroundings } from "../work/link";
import type { WorkServer } from "../work/server";
import { type Canvas, saveState } from "../work/workSession";
import { digestOf, type Place, placeOf, reconcile } from "./caseRecord";
import type { Decision, ReviewServer } from "./reviewServer";
import { endOf, opening, type ReviewState } from "./reviewState";
import { caseOf, type ReviewLease, sizeOf } from "./sides";

export interface ReviewParts {
  readonly server: ReviewServer;
  /** Leases of reviews are kept, and their drafts saved, as those of work are. */
  readonly leases: Pick<WorkServer, "draft" | "saveDraft" | "heartbeat" | "giveBack">;
  readonly openJournal: () => Promise<Journal | null>;
  readonly surroundings: Surroundings;
  readonly chance: () => number;
  readonly newName: () => string;
  readonly contributor: string;
  readonly project: string;
}

/** A case with everything that is needed to show it at once. */
interface Ready {
  readonly lease: ReviewLease;
  readonly ontology: Ontology;
  readonly draft: Draft;
  readonly image: PreparedImage | null;
  readonly pictureProblem: unknown;
}

const HEARTBEAT = 60_000;

/** Nobody who does nothing for so long is reviewing: the lease then runs out. */
const IDLE = 10 * 60_000;

/**
 * Somebody's reviewing in a project: takes cases, keeps what is changed in journal and draft, decides; the next case is fetched ahead. Outside React,
 * and without a browser in tests.
 */
export class ReviewSession {
  readonly #parts: ReviewParts;
  readonly #link: Link;
  readonly #holder: string;
  readonly #listeners = new Set<() => void>();
  #state: ReviewState = opening;
  #canvas: Canvas | null = null;
  #journal: Journal | null = null;
  #life = new AbortController();
  #keeper: Keeper | null = null;
  #ontology: Ontology | null = null;
  #next: { readonly lease: ReviewLease; readonly ready: Promise<Ready> } | null = null;
  #deciding: AbortController | null = null;
  #openings = 0;
  #lastInput = 0;
  #stopBeat: (() => void) | null = null;

  constructor(parts: ReviewParts) {
    this.#parts = parts;
    this.#holder = parts.newName();
    this.#link = new Link(parts.surroundings, parts.chance);
    this.#link.subscribe(() => this.#set(this.#state));
  }

  getState = (): ReviewState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  // ---- beginning and ending

  /** Begins with the canvas that stands on the page, with one case or with what there is. */
  async start(canvas: Canvas, task: string | null): Promise<void> {
    this.#canvas = canvas;
    this.#life = new AbortController();
    this.touch();
    await this.#guarded(async () => {
      this.#journal = await this.#parts.openJournal();
      if (this.#life.signal.aborted) return;
      await this.#clear();
      if (task === null) await this.#first();
      else await this.#named(task);
      this.#beat();
    });
  }

  async stop(): Promise<void> {
    this.#life.abort(new DOMException("The review was left.", "AbortError"));
    this.#stopBeat?.();
    this.#keeper?.flush();
    const { case: current } = this.#state;
    // What nobody touched is others' again.
    const untouched = current && !current.ended && (this.#keeper?.state.last ?? 0) === 0 ? current.of.lease.token : null;
    await this.#leaveCase();
    this.#returnNext();
    if (untouched) this.#returnQuietly(untouched);
    this.#journal?.close();
    this.#journal = null;
    this.#canvas = null;
  }

  /** Begins from what server and journal say now. */
  async retry(): Promise<void> {
    const task = this.#state.case?.of.lease.task ?? null;
    this.#set({ ...opening, decided: this.#state.decided, last: this.#state.last });
    await this.#guarded(() => (task === null ? this.#first() : this.#named(task)));
  }

  /** Takes a case that was chosen; one that was only looked at goes back to others. */
  async take(task: string): Promise<void> {
    if (this.#state.busy || this.#state.case?.of.lease.task === task) return;
    await this.#leave(async token => {
      if (token !== null && (this.#keeper?.state.last ?? 0) === 0) await this.#giveBack(token);
      if (this.#next && this.#next.lease.task !== task) await this.#giveBack(this.#takeNext()?.lease.token ?? null);
      await this.#named(task);
    });
  }

  /** Goes on with any case that there is. */
  async takeAny(): Promise<void> {
    await this.#leave(() => this.#first());
  }

  async giveBack(): Promise<void> {
    await this.#leave(async token => {
      if (token !== null) await this.#journal?.forget(token);
      await this.#giveBack(token);
      if (!(await this.#openNext())) await this.#first();
    });
  }

  /** A case that one holds comes first, with what was changed in it. */
  async #first(): Promise<void> {
    const { server, project } = this.#parts;
    const open = await this.#asked(() => server.open(project));
    const yours = open.items.filter(row => row.standing === "yours" && row.task !== this.#state.case?.of.lease.task);
    await this.#show(await this.#asked(() => server.next(project, yours[0]?.task ?? null)), yours[1]?.task ?? null);
  }

  async #named(task: string): Promise<void> {
    const { server, project } = this.#parts;
    if (this.#next?.lease.task === task && (await this.#openNext())) return;
    await this.#show(await this.#asked(() => server.next(project, task)), null);
  }

  async #show(next: { lease: ReviewLease | null; reason: string | null }, after: string | null): Promise<void> {
    if (!next.lease) {
      await this.#leaveCase();
      this.#set({ ...this.#state, phase: "empty", case: null, busy: null, refusal: null, reason: next.reason });
      return;
    }
    await this.#open(await this.#prepare(next.lease));
    this.#prefetch(after);
  }

  // ---- cases

  /** Fetches all of a case and has its picture decoded. What can be decided without the picture is shown without it. */
  async #prepare(lease: ReviewLease): Promise<Ready> {
    const { server, leases } = this.#parts;
    const picture = async (): Promise<{ image: PreparedImage | null; problem: unknown }> => {
      try {
        const blob = await this.#asked(() => server.picture(lease));
        return { image: blob && this.#canvas ? this.#canvas.prepare(blob, sizeOf(lease)) : null, problem: null };
      } catch (problem) {
        if (this.#life.signal.aborted || !(problem instanceof ApiProblem)) throw problem;
        return { image: null, problem };
      }
    };
    const [ontology, draft, { image, problem }] = await Promise.all([
      this.#asked(() => server.ontology(lease)),
      this.#asked(() => leases.draft(lease.token)),
      picture(),
    ]);
    return { lease, ontology, draft, image, pictureProblem: problem };
  }

  async #open(ready: Ready): Promise<void> {
    const canvas = this.#canvas;
    if (!canvas) return;
    await this.#leaveCase();
    const { lease, ontology } = ready;
    const { record, commands, conflict } = await reconcile(this.#place(), lease, ready.draft);
    this.#ontology = ontology;
    const task: WorkbenchTask = {
      ontology,
      image: ready.image,
      size: sizeOf(lease),
      answers: record.base.answers,
      hidden: record.base.hidden,
      locked: record.base.locked,
      journal: commands,
    };
    const readFaults = canvas.open(task);
    this.#keeper = new Keeper({
      journal: this.#journal,
      server: this.#parts.leases,
      link: this.#link,
      surroundings: this.#parts.surroundings,
      token: lease.token,
      holder: this.#holder,
      writer: record.writer,
      last: record.base.sequence + commands.length,
      saved: record.savedSequence,
      version: record.savedVersion,
      conflict,
      content: () => contentOf(canvas),
      onChange: () => this.#onKeeper(),
    });
    const seen = digestOf(record.lease);
    this.#set({
      ...this.#state,
      phase: "case",
      busy: null,
      refusal: null,
      reason: null,
      case: {
        of: caseOf(lease, ontology),
        opening: ++this.#openings,
        readFaults,
        picture: ready.pictureProblem
          ? { state: "missing", problem: ready.pictureProblem }
          : { state: lease.inputs.length === 0 ? "none" : "there" },
        restored: commands.length > 0 || ready.draft.content !== null,
        changed: (commands.length > 0 || ready.draft.content !== null) && seen !== digestOf(lease),
        overdue: false,
        ended: null,
      },
    });
    // One that was asked for ahead came in while it was being opened: it is here.
    if (this.#next?.lease.token === lease.token) this.#takeNext();
  }

  #place(): Place {
    const { contributor, project, newName, surroundings } = this.#parts;
    return { journal: this.#journal, holder: this.#holder, contributor, project, newName, now: () => surroundings.now() };
  }

  /** Of two drafts that went apart: go on with this computer's, or with the other. */
  async choose(which: "this" | "other"): Promise<void> {
    const { case: current, keeper } = this.#state;
    if (!current || !keeper?.conflict) return;
    if (which === "this") {
      this.#keeper?.keepThis();
      return;
    }
    await this.#leaveCase();
    await this.#journal?.forget(current.of.lease.token);
    await this.reload();
  }

  /** Forgets what is kept of cases that were decided or are somebody else's by now. */
  async #clear(): Promise<void> {
    const kept = (await this.#journal?.list(this.#parts.contributor, placeOf(this.#parts.project))) ?? [];
    for (const record of kept) {
      if (this.#parts.surroundings.now() - record.touchedAt > KEPT) await this.#journal?.forget(record.token);
    }
  }

  async #leaveCase(): Promise<void> {
    await this.#keeper?.stop();
    this.#keeper = null;
  }

  // ---- the next one, ahead of time

  #prefetch(task: string | null): void {
    const { server, project } = this.#parts;
    const { signal } = this.#life;
    void this.#asked(() => server.next(project, task))
      .then(({ lease }) => {
        if (!lease || lease.token === this.#state.case?.of.lease.token) return;
        if (signal.aborted || this.#next) {
          this.#returnQuietly(lease.token);
          return;
        }
        const ready = this.#prepare(lease);
        // Whoever opens it hears of a failure; until then nobody need.
        ready.catch(() => undefined);
        this.#next = { lease, ready };
      })
      .catch(failure => {
        if (!signal.aborted && !(failure instanceof ApiProblem)) throw failure;
      });
  }

  #takeNext() {
    const next = this.#next;
    this.#next = null;
    return next;
  }

  #returnNext(): void {
    const next = this.#takeNext();
    if (!next) return;
    void next.ready.then(ready => ready.image?.release()).catch(() => undefined);
    this.#returnQuietly(next.lease.token);
  }

  /** Nobody waits for it: a lease that is not given back runs out by itself. */
  #returnQuietly(token: string): void {
    this.#parts.leases.giveBack(token).catch(() => undefined);
  }

  /** Shows the case that was fetched ahead, if it may still be decided as it was fetched. */
  async #openNext(): Promise<boolean> {
    const next = this.#takeNext();
    if (!next) return false;
    try {
      const ready = await next.ready;
      if (Date.parse(ready.lease.expires_at) <= this.#parts.surroundings.now()) {
        ready.image?.release();
        return false;
      }
      await this.#open(ready);
      this.#prefetch(null);
      return true;
    } catch (failure) {
      if (this.#life.signal.aborted) throw failure;
      return false;
    }
  }

  // ---- what people do

  /** A command was done on the canvas. */
  record(command: SessionCommand): void {
    this.touch();
    this.#keeper?.record(command);
  }

  /** Somebody is there. */
  touch(): void {
    const now = this.#parts.surroundings.now();
    const wasIdle = this.#lastInput > 0 && now - this.#lastInput > IDLE;
    this.#lastInput = now;
    if (wasIdle) void this.#heartbeat();
  }

  flush(): void {
    this.#keeper?.flush();
  }

  /** The page goes: what was only fetched ahead is others' again. What is on the canvas stays one's own, since a reload asks for it. */
  leave(): void {
    this.flush();
    this.#returnNext();
  }

  /** The page is here again, as by the browser's way back. */
  resume(): void {
    this.wake();
    if (this.#state.phase === "case" && !this.#next) this.#prefetch(null);
  }

  /** The network may be back. */
  wake(): void {
    this.#link.wake();
    if (this.#state.case) void this.#heartbeat();
  }

  /** Decides the case, after which the next one is shown. */
  async decide(decision: Decision): Promise<void> {
    const { case: current, busy } = this.#state;
    if (!current || current.ended || busy) return;
    this.touch();
    const { token } = current.of.lease;
    const calling = new AbortController();
    this.#deciding = calling;
    let last: ReviewState["last"] = null;
    this.#set({ ...this.#state, busy: "deciding", refusal: null });
    try {
      const signal = AbortSignal.any([calling.signal, this.#life.signal]);
      const receipt = await this.#link.persist(() => this.#parts.server.decide(token, decision), signal);
      // What was decided may teach others; what went back or was taken out says nothing final.
      const isFinal = decision.decision === "accept" || decision.decision === "edit";
      last = isFinal ? { review: receipt.id, name: current.of.lease.external_id ?? current.of.lease.task } : null;
    } catch (failure) {
      if (this.#life.signal.aborted) return;
      if (calling.signal.aborted) this.#set({ ...this.#state, busy: null });
      else if (failure instanceof ApiProblem) await this.#guarded(() => this.#onRefused(failure));
      else this.#fail(failure);
      return;
    } finally {
      if (this.#deciding === calling) this.#deciding = null;
    }
    await this.#guarded(async () => {
      this.#set({ ...this.#state, decided: this.#state.decided + 1, last });
      await this.#leaveCase();
      void this.#journal?.forget(token).catch(() => undefined);
      if (!(await this.#openNext())) await this.#first();
    });
  }

  /** Goes on editing instead of waiting for the server. */
  callOff(): void {
    this.#deciding?.abort(new DOMException("The decision was called off.", "AbortError"));
  }

  async #onRefused(problem: ApiProblem): Promise<void> {
    const { case: current } = this.#state;
    if (!current) return;
    if (problem.code === "consensus_changed" || problem.code === "superseded") {
      await this.#look();
      return;
    }
    const ended = endOf(problem);
    this.#set({ ...this.#state, busy: null, refusal: ended ? null : problem, case: ended ? { ...current, ended } : current });
  }

  /** Reads the case again beneath what was changed. */
  async #look(): Promise<void> {
    const { case: current } = this.#state;
    if (!current || !this.#ontology) return;
    if ((this.#keeper?.state.last ?? 0) === 0) {
      await this.reload();
      const { case: reread } = this.#state;
      this.#set({ ...this.#state, case: reread && { ...reread, changed: true } });
      return;
    }
    const lease = await this.#asked(() => this.#parts.server.lease(current.of.lease.token));
    this.#set({ ...this.#state, busy: null, refusal: null, case: { ...current, of: caseOf(lease, this.#ontology), changed: true } });
  }

  /** The same case once more, such as after its picture failed. */
  async reload(): Promise<void> {
    const token = this.#state.case?.of.lease.token;
    if (token === undefined) return;
    await this.#guarded(async () => this.#open(await this.#prepare(await this.#asked(() => this.#parts.server.lease(token)))));
  }

  async #leave(go: (token: string | null) => Promise<void>): Promise<void> {
    const { case: current, busy } = this.#state;
    if (busy) return;
    this.touch();
    this.#set({ ...this.#state, busy: "leaving", refusal: null });
    await this.#guarded(() => go(current && !current.ended ? current.of.lease.token : null));
    if (this.#state.busy === "leaving") this.#set({ ...this.#state, busy: null });
  }

  async #giveBack(token: string | null): Promise<void> {
    if (token === null) return;
    try {
      await this.#asked(() => this.#parts.leases.giveBack(token));
    } catch (failure) {
      // What has ended otherwise is left all the same.
      if (!(failure instanceof ApiProblem) || !endOf(failure)) throw failure;
    }
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
    if (this.#parts.surroundings.now() - this.#lastInput > IDLE) return;
    const { case: current } = this.#state;
    const tokens = [current && !current.ended ? current.of.lease.token : null, this.#next?.lease.token ?? null];
    await Promise.all(tokens.filter(token => token !== null).map(token => this.#renew(token)));
  }

  async #renew(token: string): Promise<void> {
    try {
      await this.#asked(() => this.#parts.leases.heartbeat(token));
    } catch (failure) {
      if (this.#life.signal.aborted || !(failure instanceof ApiProblem)) return;
      if (this.#next?.lease.token === token) this.#next = null;
      const { case: current } = this.#state;
      const ended = endOf(failure);
      if (current?.of.lease.token !== token || !ended) return;
      // A case that ran out may still be decided while nobody else took it: the server has the last word.
      this.#set({ ...this.#state, case: ended === "expired" ? { ...current, overdue: true } : { ...current, ended } });
    }
  }

  // ---- telling

  #asked<T>(action: () => Promise<T>): Promise<T> {
    return this.#link.persist(action, this.#life.signal);
  }

  #onKeeper(): void {
    if (this.#keeper?.state.lost) this.#set({ ...this.#state, phase: "elsewhere", busy: null });
    else this.#set(this.#state);
  }

  async #guarded(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (failure) {
      this.#fail(failure);
    }
  }

  #fail(failure: unknown): void {
    if (this.#life.signal.aborted) return;
    if (failure instanceof TakenOver) this.#set({ ...this.#state, phase: "elsewhere", busy: null });
    else if (failure instanceof ApiProblem && this.#state.case && this.#keeper) this.#set({ ...this.#state, busy: null, refusal: failure });
    else this.#set({ ...this.#state, phase: "failed", problem: failure, busy: null, case: null });
  }

  #set(state: ReviewState): void {
    const keeper = this.#keeper?.state ?? null;
    const link = this.#link.state;
    const save = saveState(keeper, link, this.#parts.surroundings.isOnline());
    if (state === this.#state && keeper === state.keeper && link === state.link && save === state.save) return;
    this.#state = { ...state, keeper, link, save };
    for (const listener of this.#listeners) listener();
  }
}

/** What is kept of a case that nobody goes on with. */
const KEPT = 30 * 24 * 60 * 60_000;

function contentOf(canvas: Canvas) {
  const { shapes } = canvas.getState().scene;
  return {
    answers: canvas.answers() as JsonObject,
    hidden: shapes.filter(shape => shape.hidden).map(shape => shape.id),
    locked: shapes.filter(shape => shape.locked).map(shape => shape.id),
    active_milliseconds: 0,
  };
}
