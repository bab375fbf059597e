import { ApiProblem } from "../../api/problem";
import type { JsonObject, JsonValue, Ontology, Size, WorkbenchTask } from "../../engine";
import type { TrainingFeedback, TrainingTask } from "./server";

/** What of the canvas the session needs: the engine fits. */
export interface TrainingCanvas {
  open(task: WorkbenchTask): unknown;
  answers(): JsonObject;
}

export interface TrainingServer {
  next(project: string): Promise<TrainingTask | null>;
  ontology(task: TrainingTask): Promise<Ontology>;
  picture(task: TrainingTask): Promise<Blob | null>;
  submit(task: string, answers: JsonObject, activeMilliseconds: number): Promise<TrainingFeedback>;
}

/** What was drawn and not submitted yet, so that a reload loses nothing. */
export interface Kept {
  read(task: string): JsonValue | null;
  write(task: string, answers: JsonObject): void;
  forget(task: string): void;
}

export interface TrainingState {
  readonly phase: "opening" | "task" | "feedback" | "done" | "failed";
  readonly task: TrainingTask | null;
  readonly ontology: Ontology | null;
  readonly feedback: TrainingFeedback | null;
  /** Counts up whenever the canvas shows something else. */
  readonly opening: number;
  readonly busy: boolean;
  readonly problem: unknown;
  /** Training tasks answered since the page was opened. */
  readonly answered: number;
}

export const beginning: TrainingState = {
  phase: "opening",
  task: null,
  ontology: null,
  feedback: null,
  opening: 0,
  busy: false,
  problem: null,
  answered: 0,
};

/** A pause of more than this is none of the time that was worked. */
const PAUSE = 20_000;

export const trainingSize = (task: TrainingTask): Size => {
  const [input] = task.inputs;
  return input ? { width: input.width, height: input.height } : { width: 1, height: 1 };
};

/** Somebody's training in a project: a task, then what is known of it, then the next. No leases: nobody else waits for these tasks. */
export class TrainingSession {
  readonly #server: TrainingServer;
  readonly #canvas: TrainingCanvas;
  readonly #kept: Kept;
  readonly #project: string;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #state = beginning;
  #blob: Blob | null = null;
  #active = 0;
  #touched = 0;
  #isStopped = false;

  constructor(parts: { server: TrainingServer; canvas: TrainingCanvas; kept: Kept; project: string; now: () => number }) {
    this.#server = parts.server;
    this.#canvas = parts.canvas;
    this.#kept = parts.kept;
    this.#project = parts.project;
    this.#now = parts.now;
  }

  getState = (): TrainingState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  stop(): void {
    this.#isStopped = true;
  }

  /** Shows the next task, or that nothing is left. */
  async next(): Promise<void> {
    if (this.#state.busy) return;
    this.#set({ busy: true, problem: null });
    try {
      const task = await this.#server.next(this.#project);
      if (!task) {
        this.#set({ phase: "done", task: null, feedback: null, busy: false });
        return;
      }
      const [ontology, blob] = await Promise.all([this.#server.ontology(task), this.#server.picture(task)]);
      if (this.#isStopped) return;
      this.#blob = blob;
      this.#active = 0;
      this.#touched = this.#now();
      this.#open(task, ontology, this.#kept.read(task.task));
      this.#set({ phase: "task", task, ontology, feedback: null, opening: this.#state.opening + 1, busy: false });
    } catch (problem) {
      this.#set({ phase: "failed", problem, busy: false });
    }
  }

  /** Somebody does something. */
  touch(): void {
    const now = this.#now();
    this.#active += Math.min(now - this.#touched, PAUSE);
    this.#touched = now;
  }

  /** Something was drawn or answered. */
  changed(): void {
    this.touch();
    const { task, phase } = this.#state;
    if (task && phase === "task") this.#kept.write(task.task, this.#canvas.answers());
  }

  /** Submits, and shows what is known beside what was answered. */
  async submit(): Promise<void> {
    const { task, ontology, phase, busy } = this.#state;
    if (!task || !ontology || phase !== "task" || busy) return;
    this.touch();
    this.#set({ busy: true, problem: null });
    const answers = this.#canvas.answers();
    try {
      const feedback = await this.#server.submit(task.task, answers, Math.round(this.#active));
      if (this.#isStopped) return;
      this.#kept.forget(task.task);
      this.#open(task, ontology, answers, true);
      const { opening, answered } = this.#state;
      this.#set({ phase: "feedback", feedback, busy: false, opening: opening + 1, answered: answered + 1 });
    } catch (problem) {
      // Another tab answered it, or it is no longer the next one: what comes next is asked for.
      if (problem instanceof ApiProblem && (problem.code === "already_answered" || problem.code === "not_next")) {
        this.#kept.forget(task.task);
        this.#set({ busy: false });
        return this.next();
      }

      // The task stays as it was: it can be mended or sent again.
      this.#set({ problem, busy: false });
    }
  }

  #open(task: TrainingTask, ontology: Ontology, answers: JsonValue | null, readOnly = false): void {
    const size = trainingSize(task);
    this.#canvas.open({
      ontology,
      image: this.#blob && { blob: this.#blob, size },
      size,
      readOnly,
      ...(answers === null ? {} : { answers }),
    });
  }

  #set(part: Partial<TrainingState>): void {
    if (this.#isStopped) return;
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}
