import { ApiProblem } from "../../api/problem";

/** A file as it was dropped: its path within the dropped folder is its name in the project. */
export interface Source {
  path: string;
  size: number;
  modified: number;
  open: () => Promise<File>;
}

export type Outcome = "in" | "present" | "refused";

export interface Refused {
  path: string;
  code: string;
  text: string;
  /** Worth trying again as it is. */
  passing: boolean;
}

export interface RunState {
  phase: "running" | "paused" | "waiting" | "done";
  total: number;
  /** Imported as new tasks. */
  imported: number;
  /** Had been imported before. */
  present: number;
  /** Pictures whose bytes had to be sent. */
  uploaded: number;
  bytesDone: number;
  bytesTotal: number;
  refused: readonly Refused[];
  startedAt: number;
}

/** What a run needs from outside; given in, so that it is tested without a browser or a server. */
export interface RunWorld {
  /** SHA-256 of the bytes; null where the browser does not tell, then the server finds out. */
  hash(file: File): Promise<string | null>;
  findAsset(sha256: string): Promise<string | null>;
  upload(file: File, name: string): Promise<{ id: string; isNew: boolean }>;
  /** One line of NDJSON each; the batch of the run is kept by whoever sends. */
  sendTasks(
    lines: readonly { external_id: string; asset: string }[],
  ): Promise<{ imported: number; repeated: number; faults: readonly { line: number; reason: string; text: string }[] }>;
  /** Whether the project's task of this name shows another asset. */
  isOtherPicture(externalId: string, asset: string): Promise<boolean>;
  /** Remembers what became of a file, so that a run that was cut off does not begin anew. */
  remember(source: Source, outcome: Outcome): void;
  /** Ends when it makes sense to try again: the network is back, somebody has signed in again, or some time has passed. */
  recover(problem: ApiProblem, attempt: number): Promise<void>;
  now(): number;
}

const atOnce = 4;
const chunkLength = 100;
const attemptsMax = 6;

interface Ready {
  source: Source;
  asset: string;
  isNew: boolean;
}

/**
 * Brings files in: hashes each, sends the bytes that the server lacks, then the tasks in chunks. Everything may be repeated: assets are known by their
 * bytes and tasks by their names, so a run that was cut off is finished by running it again.
 */
export class ImportRun {
  private readonly world: RunWorld;
  private readonly waiting: Source[];
  private ready: Ready[] = [];
  private stopped = false;
  private isPaused = false;
  private recovering = 0;
  private sending: Promise<void> = Promise.resolve();
  private resume: (() => void)[] = [];
  private readonly retry: Source[] = [];
  private listeners = new Set<() => void>();
  private state: RunState;

  constructor(sources: readonly Source[], known: number, world: RunWorld) {
    this.world = world;
    this.waiting = [...sources];
    this.state = {
      phase: "running",
      total: sources.length + known,
      imported: 0,
      present: known,
      uploaded: 0,
      bytesDone: 0,
      bytesTotal: sources.reduce((sum, source) => sum + source.size, 0),
      refused: [],
      startedAt: world.now(),
    };
  }

  get = (): RunState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Ends when every file is in or refused, or the run was stopped. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: atOnce }, () => this.work()));
    await this.flush(0);
    this.set({ phase: "done" });
  }

  pause(): void {
    this.isPaused = true;
    this.set({ phase: "paused" });
  }

  goOn(): void {
    this.isPaused = false;
    const resumed = this.resume;
    this.resume = [];
    for (const each of resumed) each();
    this.set({ phase: this.recovering > 0 ? "waiting" : "running" });
  }

  stop(): void {
    this.stopped = true;
    this.waiting.length = 0;
    this.goOn();
  }

  /** Files that failed for a reason that may have passed. */
  takeRetryable(): Source[] {
    const again = this.retry.splice(0);
    this.set({ refused: this.state.refused.filter(each => !each.passing), total: this.state.total - again.length });
    return again;
  }

  private async work(): Promise<void> {
    for (;;) {
      if (this.isPaused) await new Promise<void>(resolve => this.resume.push(resolve));
      const source = this.stopped ? undefined : this.waiting.shift();
      if (!source) return;
      await this.bring(source);
      await this.flush(chunkLength);
    }
  }

  private async bring(source: Source): Promise<void> {
    try {
      const file = await source.open();
      const sha256 = await this.world.hash(file);
      const asset = await this.persist(async () => {
        const known = sha256 === null ? null : await this.world.findAsset(sha256);
        return known ? { id: known, isNew: false } : await this.world.upload(file, file.name);
      });
      if (asset.isNew) this.set({ uploaded: this.state.uploaded + 1 });
      this.ready.push({ source, asset: asset.id, isNew: asset.isNew });
    } catch (failure) {
      this.refuse(source, failure);
    } finally {
      this.set({ bytesDone: this.state.bytesDone + source.size });
    }
  }

  /** Sends the tasks of what is ready, once there are as many as make a request worth it. */
  private async flush(least: number): Promise<void> {
    if (this.ready.length === 0 || this.ready.length < least) return;
    const chunk = this.ready;
    this.ready = [];
    // One after another: the first names the batch that the others add to.
    this.sending = this.sending.then(() => this.send(chunk));
    await this.sending;
  }

  private async send(chunk: readonly Ready[]): Promise<void> {
    try {
      const report = await this.persist(() =>
        this.world.sendTasks(chunk.map(each => ({ external_id: each.source.path, asset: each.asset }))),
      );
      const refused = new Map(report.faults.map(fault => [fault.line - 1, fault]));
      for (const [i, fault] of refused) {
        const each = chunk[i];
        if (each) this.refuse(each.source, new ApiProblem(422, { code: fault.reason, detail: fault.text }));
      }

      const good = chunk.filter((_, i) => !refused.has(i));
      const clashes = report.repeated > 0 ? await this.clashesIn(good) : new Set<Ready>();
      for (const each of good) {
        if (clashes.has(each)) this.refuse(each.source, new ApiProblem(409, { code: "name_of_another" }));
        else this.world.remember(each.source, report.repeated === 0 ? "in" : "present");
      }

      this.set({ imported: this.state.imported + report.imported, present: this.state.present + report.repeated - clashes.size });
    } catch (failure) {
      for (const each of chunk) this.refuse(each.source, failure);
    }
  }

  /** A name that was there before with bytes that were not: another picture has this name. */
  private async clashesIn(chunk: readonly Ready[]): Promise<Set<Ready>> {
    const clashes = new Set<Ready>();
    for (const each of chunk.filter(one => one.isNew)) {
      if (await this.persist(() => this.world.isOtherPicture(each.source.path, each.asset))) clashes.add(each);
    }

    return clashes;
  }

  /** Tries again what may pass; says meanwhile that it waits. */
  private async persist<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt();
      } catch (failure) {
        if (!(failure instanceof ApiProblem) || this.stopped || tried >= attemptsMax || !(failure.isPassing || failure.status === 401))
          throw failure;
        this.recovering++;
        this.set({ phase: "waiting" });
        await this.world.recover(failure, tried);
        this.recovering--;
        if (this.recovering === 0) this.set({ phase: this.isPaused ? "paused" : "running" });
      }
    }
  }

  private refuse(source: Source, failure: unknown): void {
    const problem = failure instanceof ApiProblem ? failure : null;
    const passing = problem === null || problem.isPassing;
    if (passing) this.retry.push(source);
    else this.world.remember(source, "refused");
    const refused = { path: source.path, code: problem?.code ?? "unreadable", text: problem?.message ?? String(failure), passing };
    this.set({ refused: [...this.state.refused, refused] });
  }

  private set(change: Partial<RunState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
