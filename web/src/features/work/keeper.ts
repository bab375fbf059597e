import type { Schemas } from "../../api/client";
import { ApiProblem } from "../../api/problem";
import type { SessionCommand } from "../../engine";
import { type Draft, type DraftContent, draftOf } from "./draft";
import { type Journal, TakenOver } from "./journal";
import type { Link, Surroundings } from "./link";
import type { WorkServer } from "./server";

/** What is drawn goes to the server so long after the last command, and never later than so long after the first that is not there. */
const DEBOUNCE = 600;
const LATEST = 4_000;

/** A journal that cannot be written is tried again after so long. */
const JOURNAL_RETRY = 2_000;

export interface KeeperState {
  /** The last command's number; what the journal has; what the server's draft has. */
  readonly last: number;
  readonly journalled: number;
  readonly saved: number;
  readonly journalFails: boolean;
  /** A newer draft from another computer: nothing is sent until somebody decides. */
  readonly conflict: Draft | null;
  /** The server takes no draft of this lease any more; its stable code. */
  readonly refused: string | null;
  /** Another tab has the work. */
  readonly lost: boolean;
}

export interface KeeperParts {
  readonly journal: Journal | null;
  readonly server: Pick<WorkServer, "saveDraft">;
  readonly link: Link;
  readonly surroundings: Surroundings;
  readonly token: string;
  readonly holder: string;
  readonly writer: string;
  /** How far the work had come when it was opened. */
  readonly last: number;
  readonly saved: number;
  readonly version: number;
  /** The server's draft, where it went apart from this one. */
  readonly conflict?: Draft | null;
  /** The drawing as it is now. */
  readonly content: () => Omit<DraftContent, "writer" | "sequence">;
  readonly onChange: () => void;
  /** A draft renews the lease. */
  readonly onRenewed?: (expiresAt: string) => void;
}

/** Keeps the work under one lease: each command into the journal at once, then all of it to the server. */
export class Keeper {
  readonly #parts: KeeperParts;
  readonly #ended = new AbortController();
  #queue: SessionCommand[] = [];
  #writing = false;
  #sending = false;
  #stopTimer: (() => void) | null = null;
  #firstUnsentAt: number | null = null;
  #version: number;
  #state: KeeperState;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#version = parts.version;
    this.#state = {
      last: parts.last,
      journalled: parts.last,
      saved: parts.saved,
      journalFails: parts.journal === null,
      conflict: parts.conflict ?? null,
      refused: null,
      lost: false,
    };
    if (parts.saved < parts.last) this.#plan();
  }

  get state(): KeeperState {
    return this.#state;
  }

  record(command: SessionCommand): void {
    if (this.#ended.signal.aborted) return;
    this.#queue.push(command);
    this.#change({ last: this.#state.last + 1 });
    void this.#write();
    this.#plan();
  }

  /** Sends what is there now, as before the page goes. */
  flush(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    void this.#send();
  }

  /** Of two that went apart this computer's is wanted: it is sent over the other, which whoever decided has seen. */
  keepThis(): void {
    const { conflict } = this.#state;
    if (!conflict) return;
    this.#version = conflict.version;
    this.#change({ conflict: null });
    this.flush();
  }

  /** Ends; whatever is not in the journal by now is lost, which is why its queue is written out first. */
  async stop(): Promise<void> {
    this.#stopTimer?.();
    this.#ended.abort(new DOMException("The task was left.", "AbortError"));
    while (this.#writing) await new Promise<void>(resolve => this.#idle.push(resolve));
  }

  #idle: (() => void)[] = [];

  async #write(): Promise<void> {
    const { journal, token, holder, surroundings } = this.#parts;
    if (!journal || this.#writing || this.#state.lost) return;
    this.#writing = true;
    try {
      while (this.#queue.length > 0) {
        const commands = this.#queue;
        const first = this.#state.last - commands.length + 1;
        this.#queue = [];
        try {
          await journal.append(token, holder, first, commands, this.#parts.content().active_milliseconds, surroundings.now());
          this.#change({ journalled: first + commands.length - 1, journalFails: false });
        } catch (failure) {
          this.#queue = [...commands, ...this.#queue];
          if (failure instanceof TakenOver) {
            this.#lose();
            return;
          }
          // A full disk, or a browser that gives no storage: the server's draft is what is left.
          this.#change({ journalFails: true });
          if (this.#ended.signal.aborted) return;
          surroundings.after(JOURNAL_RETRY, () => void this.#write());
          return;
        }
      }
    } finally {
      this.#writing = false;
      const idle = this.#idle;
      this.#idle = [];
      for (const resume of idle) resume();
    }
  }

  #plan(): void {
    const { surroundings } = this.#parts;
    const now = surroundings.now();
    this.#firstUnsentAt ??= now;
    this.#stopTimer?.();
    const wait = Math.max(0, Math.min(DEBOUNCE, this.#firstUnsentAt + LATEST - now));
    this.#stopTimer = surroundings.after(wait, () => {
      this.#stopTimer = null;
      void this.#send();
    });
  }

  async #send(): Promise<void> {
    if (this.#sending || this.#isHeld()) return;
    this.#sending = true;
    try {
      while (this.#state.saved < this.#state.last && !this.#isHeld()) await this.#sendOnce();
    } catch (failure) {
      if (!this.#ended.signal.aborted) throw failure;
    } finally {
      this.#sending = false;
    }
  }

  #isHeld(): boolean {
    const { conflict, refused, lost } = this.#state;
    return conflict !== null || refused !== null || lost || this.#ended.signal.aborted;
  }

  async #sendOnce(): Promise<void> {
    const { server, link, token, holder, writer, journal, content } = this.#parts;
    this.#firstUnsentAt = null;
    let sequence = 0;
    try {
      const saved = await link.persist(() => {
        // Each try sends what is there by then.
        sequence = this.#state.last;
        return server.saveDraft(token, this.#version, { ...content(), writer, sequence });
      }, this.#ended.signal);
      this.#version = saved.version;
      this.#change({ saved: Math.max(this.#state.saved, sequence) });
      this.#parts.onRenewed?.(saved.expiresAt);
      await journal?.saved(token, holder, saved.version, sequence).catch(failure => {
        if (failure instanceof TakenOver) this.#lose();
        // Else the note is missing, and a draft that is there is sent once more: nothing is lost by it.
      });
    } catch (failure) {
      if (this.#ended.signal.aborted) throw failure;
      if (!(failure instanceof ApiProblem)) throw failure;
      if (failure.code === "newer_draft") this.#onNewer(draftOf(failure.body.draft as Schemas["DraftBody"]));
      else this.#change({ refused: failure.code });
    }
  }

  /** The server has a draft that this journal does not know of: its own, whose receipt was lost, or another computer's. */
  #onNewer(draft: Draft): void {
    const own = draft.content?.writer === this.#parts.writer && draft.content.sequence <= this.#state.last;
    if (!own) {
      this.#change({ conflict: draft });
      return;
    }
    this.#version = draft.version;
    this.#change({ saved: Math.max(this.#state.saved, draft.content?.sequence ?? 0) });
  }

  #lose(): void {
    this.#stopTimer?.();
    this.#change({ lost: true });
    this.#ended.abort(new TakenOver());
  }

  #change(some: Partial<KeeperState>): void {
    this.#state = { ...this.#state, ...some };
    this.#parts.onChange();
  }
}
