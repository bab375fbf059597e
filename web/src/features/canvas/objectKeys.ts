import type { WorkbenchEngine } from "../../engine";
import { canvas as m } from "../../messages/en/canvas";

/** Hides what is selected; with nothing selected, shows whatever is hidden. */
function hide(engine: WorkbenchEngine): void {
  const { selection, shapes } = engine.getState().scene;
  const hidden = shapes.filter(shape => shape.hidden).map(shape => shape.id);
  if (selection.length > 0) engine.dispatch({ kind: "hide", shapes: selection, hidden: true });
  else if (hidden.length > 0) engine.dispatch({ kind: "hide", shapes: hidden, hidden: false });
}

/** Locks what is selected, or unlocks it where all of it is locked. */
function lock(engine: WorkbenchEngine): void {
  const { selection, shapes } = engine.getState().scene;
  const chosen = new Set(selection);
  const isLocked = shapes.every(shape => shape.locked || !chosen.has(shape.id));
  if (selection.length > 0) engine.dispatch({ kind: "lock", shapes: selection, locked: !isLocked });
}

/** Deletes all that is neither hidden nor locked: what is not seen is not deleted unasked. One step to undo. */
function clear(engine: WorkbenchEngine): void {
  const shapes = engine
    .getState()
    .scene.shapes.filter(shape => !shape.hidden && !shape.locked)
    .map(shape => shape.id);
  if (shapes.length > 0) engine.dispatch({ kind: "delete", shapes });
}

/** Keys of what the list of objects does by buttons. */
export const objectKeys = (engine: WorkbenchEngine): readonly (readonly [string, () => void])[] => [
  ["alt+h", () => hide(engine)],
  ["alt+l", () => lock(engine)],
  ["alt+.", () => engine.selectNext(1)],
  ["alt+,", () => engine.selectNext(-1)],
  ["mod+backspace", () => clear(engine)],
];

/** Whether or not something is selected. */
export const OBJECTS_HELP = [
  { keys: ["alt+."], says: m.key.next_shape },
  { keys: ["alt+,"], says: m.key.previous_shape },
  { keys: ["mod+backspace"], says: m.deleteAll },
] as const;

export const OBJECT_HELP = [
  { keys: ["alt+h"], says: m.hideSelected },
  { keys: ["alt+l"], says: m.lockSelected },
] as const;
