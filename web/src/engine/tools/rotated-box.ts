import type { ImagePoint } from "../coordinates";
import { rotatedBoxOf } from "../geometry/rotated-box";
import { addShape, CLICK_SLACK, isNear, NOTHING, place, type Tool } from "./tool";

/** A rotated box by one edge (dragged, or by two clicks) and a click on the opposite side. */
export interface RotatedBoxState {
  readonly first: ImagePoint | null;
  readonly second: ImagePoint | null;
  readonly at: ImagePoint;
  readonly dragging: boolean;
  readonly snapped: boolean;
}

const idle: RotatedBoxState = { first: null, second: null, at: { x: 0, y: 0 }, dragging: false, snapped: false };

export const rotatedBoxTool: Tool<RotatedBoxState> = {
  id: "rotated_box",
  draws: "rotated_box",
  start: () => idle,
  isBusy: state => state.first !== null,
  step(state, input, context) {
    if (input.kind === "key") {
      if (!state.first) return { state, handled: false };
      if (input.key === "Escape") return { state: idle, handled: true };
      if (input.key === "Backspace") return { state: state.second ? { ...state, second: null } : idle, handled: true };
      return { state, handled: false };
    }
    if (input.kind === "cancel") return { state: idle, handled: true };
    const { at, snapped } = place(input, context);
    const next = { ...state, at, snapped };
    if (input.kind === "move") return { state: next, handled: true };
    if (input.kind === "up") {
      if (!state.first || !state.dragging) return { state: next, handled: true };
      const dragged = !isNear(state.first, at, context, CLICK_SLACK);
      return { state: { ...next, dragging: false, second: dragged ? at : null }, handled: true };
    }
    if (!state.first) return { state: { ...next, first: at, dragging: true }, handled: true };
    if (!state.second) return { state: isNear(state.first, at, context, CLICK_SLACK) ? next : { ...next, second: at }, handled: true };
    const box = rotatedBoxOf(state.first, state.second, at);
    return box ? { state: idle, commands: addShape(box, context), handled: true } : { state: next, handled: true };
  },
  show(state) {
    const snap = state.snapped ? state.at : null;
    if (!state.first) return { ...NOTHING, snap, cursor: "crosshair" };
    const geometry = state.second ? rotatedBoxOf(state.first, state.second, state.at) : null;
    const end = state.second ?? state.at;
    const points = state.second ? [state.first.x, state.first.y, state.second.x, state.second.y] : [state.first.x, state.first.y];
    const line = [state.first.x, state.first.y, end.x, end.y];
    return { ...NOTHING, snap, cursor: "crosshair", draft: { geometry, points, line, closing: false } };
  },
};
