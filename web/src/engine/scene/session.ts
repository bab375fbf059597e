import { type Command, gestureOf, type SessionCommand } from "./commands";
import { apply, compose, type Delta, invert } from "./delta";
import { reduce } from "./reduce";
import type { Scene, ShapeId } from "./scene";

/** The most steps that can be undone. */
export const MAX_STEPS = 10_000;

/** One step of undo. What was selected before and after comes back with it. */
export interface Step {
  readonly command: Command["kind"];
  readonly delta: Delta;
  readonly selectedBefore: readonly ShapeId[];
  readonly selectedAfter: readonly ShapeId[];
  readonly gesture?: string;
}

/** A scene with its history. Also a value: from the same beginning the same commands lead to the same session. */
export interface Session {
  readonly scene: Scene;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

export const openSession = (scene: Scene): Session => ({ scene, past: [], future: [] });

export interface Progress {
  readonly session: Session;
  /** What changed in the scene; null where nothing did. */
  readonly delta: Delta | null;
}

export function advance(session: Session, command: SessionCommand): Progress {
  if (command.kind === "undo") return undo(session);
  if (command.kind === "redo") return redo(session);
  const { scene, delta } = reduce(session.scene, command);
  if (!delta) return { session, delta };
  // Selecting is no step of its own: it neither can be undone nor ends what can be done again.
  if (delta.changes.length === 0) return { session: { ...session, scene }, delta };
  return { session: { scene, past: remember(session, command, delta, scene), future: [] }, delta };
}

export function replay(session: Session, commands: Iterable<SessionCommand>): Session {
  let at = session;
  for (const command of commands) at = advance(at, command).session;
  return at;
}

function remember(session: Session, command: Command, delta: Delta, scene: Scene): readonly Step[] {
  const gesture = gestureOf(command);
  const last = session.past[session.past.length - 1];
  if (gesture !== undefined && last?.gesture === gesture && session.future.length === 0) {
    return [...session.past.slice(0, -1), { ...last, delta: compose(last.delta, delta), selectedAfter: scene.selection }];
  }
  const step: Step = {
    command: command.kind,
    delta,
    selectedBefore: session.scene.selection,
    selectedAfter: scene.selection,
    ...(gesture === undefined ? {} : { gesture }),
  };
  return [...(session.past.length >= MAX_STEPS ? session.past.slice(1) : session.past), step];
}

function undo(session: Session): Progress {
  const step = session.past[session.past.length - 1];
  if (!step) return { session, delta: null };
  const delta = selecting(session, invert(step.delta), step.selectedBefore);
  return {
    session: { scene: apply(session.scene, delta), past: session.past.slice(0, -1), future: [...session.future, step] },
    delta,
  };
}

function redo(session: Session): Progress {
  const step = session.future[session.future.length - 1];
  if (!step) return { session, delta: null };
  const delta = selecting(session, step.delta, step.selectedAfter);
  return {
    session: { scene: apply(session.scene, delta), past: [...session.past, step], future: session.future.slice(0, -1) },
    delta,
  };
}

const selecting = (session: Session, delta: Delta, after: readonly ShapeId[]): Delta => ({
  changes: delta.changes,
  selection: { before: session.scene.selection, after },
});
