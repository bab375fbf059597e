import { ApiProblem } from "../../api/problem";
import type { Refused, Source } from "../import/importRun";

export interface UploadState {
  phase: "running" | "paused" | "waiting" | "done" | "cancelled";
  /** Files of the whole data set as it was dropped. */
  total: number;
  sent: number;
  /** Pictures that were there before with the same size. */
  present: number;
  bytesDone: number;
  bytesTotal: number;
  refused: readonly Refused[];
  startedAt: number;
}

/** What an upload needs from outside; given in, so that it is tested without a browser or a server. */
export interface UploadWorld {
  /** Sends one file; tells how many bytes of it are gone so far. Ends with an AbortError when the signal says so. */
  send(path: string, file: File, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<void>;
  /** Ends when it makes sense to try again. */
  recover(problem: ApiProblem, attempt: number): Promise<void>;
  now(): number;
}

const atOnce = 4;
const attemptsMax = 6;

const picture = /\.(jpe?g|png|bmp|webp|gif)$/i;

/**
 * Files that the server lacks, or may have with other contents: it tells what it has by path and size. A corrected label file often has the size of the
 * one before, so only pictures, which are most of the bytes, are known by it. An archive is unpacked there and sent whole each time.
 */
export function missingFrom(sources: readonly Source[], there: readonly { path: string; bytes: number }[]): Source[] {
  const sizes = new Map(there.map(file => [file.path, file.bytes]));
  return sources.filter(source => !picture.test(source.path) || sizes.get(source.path) !== source.size);
}

/**
 * Sends the files of a data set, a few at a time, small ones first so that what it is can soon be told. The same file again replaces itself, so an
 * upload that was cut off is finished by beginning it again with what is missing.
 */
export class UploadRun {
  private readonly world: UploadWorld;
  private readonly waiting: Source[];
  private readonly flying = new Map<Source, number>();
  private readonly retry: Source[] = [];
  private readonly stop = new AbortController();
  private isPaused = false;
  private recovering = 0;
  private settled = 0;
  private resume: (() => void)[] = [];
  private listeners = new Set<() => void>();
  private state: UploadState;

  constructor(sources: readonly Source[], there: readonly { path: string; bytes: number }[], world: UploadWorld) {
    this.world = world;
    this.waiting = missingFrom(sources, there).sort((a, b) => a.size - b.size);
    this.state = {
      phase: "running",
      total: sources.length,
      sent: 0,
      present: sources.length - this.waiting.length,
      bytesDone: 0,
      bytesTotal: this.waiting.reduce((sum, source) => sum + source.size, 0),
      refused: [],
      startedAt: world.now(),
    };
  }

  get = (): UploadState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Ends when every file is there or refused, or the upload was cancelled. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: atOnce }, () => this.work()));
    this.set({ phase: this.stop.signal.aborted ? "cancelled" : "done" });
  }

  pause(): void {
    this.isPaused = true;
    this.set({ phase: "paused" });
  }

  goOn(): void {
    this.isPaused = false;
    for (const each of this.resume.splice(0)) each();
    this.set({ phase: this.recovering > 0 ? "waiting" : "running" });
  }

  /** What is on its way is broken off; what is there stays there. */
  cancel(): void {
    this.waiting.length = 0;
    this.stop.abort();
    this.goOn();
  }

  /** Files that failed for a reason that may have passed. */
  retryable(): readonly Source[] {
    return this.retry;
  }

  private async work(): Promise<void> {
    for (;;) {
      if (this.isPaused) await new Promise<void>(resolve => this.resume.push(resolve));
      const source = this.waiting.shift();
      if (!source) return;
      await this.bring(source);
    }
  }

  private async bring(source: Source): Promise<void> {
    try {
      const file = await source.open();
      await this.persist(() => this.world.send(source.path, file, bytes => this.fly(source, bytes), this.stop.signal));
      this.settle(source);
      this.set({ sent: this.state.sent + 1 });
    } catch (failure) {
      this.settle(source);
      if (!this.stop.signal.aborted) this.refuse(source, failure);
    }
  }

  /** Tries again what may pass; says meanwhile that it waits. */
  private async persist(attempt: () => Promise<void>): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt();
      } catch (failure) {
        const mayPass = failure instanceof ApiProblem && (failure.isPassing || failure.status === 401);
        if (!mayPass || this.stop.signal.aborted || tried >= attemptsMax) throw failure;
        this.recovering++;
        this.set({ phase: "waiting" });
        await this.world.recover(failure, tried);
        this.recovering--;
        if (this.recovering === 0) this.set({ phase: this.isPaused ? "paused" : "running" });
      }
    }
  }

  private fly(source: Source, bytes: number): void {
    this.flying.set(source, Math.min(bytes, source.size));
    this.count();
  }

  private settle(source: Source): void {
    this.flying.delete(source);
    this.settled += source.size;
    this.count();
  }

  private count(): void {
    let bytesDone = this.settled;
    for (const bytes of this.flying.values()) bytesDone += bytes;
    this.set({ bytesDone });
  }

  private refuse(source: Source, failure: unknown): void {
    const problem = failure instanceof ApiProblem ? failure : null;
    const passing = problem === null || problem.isPassing;
    if (passing) this.retry.push(source);
    const refused = { path: source.path, code: problem?.code ?? "unreadable", text: problem?.message ?? String(failure), passing };
    this.set({ refused: [...this.state.refused, refused] });
  }

  private set(change: Partial<UploadState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
