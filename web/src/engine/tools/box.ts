import { type ImagePoint, rectOf } from "../coordinates";
import { boxOf } from "../geometry/box";
import { MIN_PULLED } from "../geometry/geometry";
import { addShape, CLICK_SLACK, isNear, NOTHING, place, type Tool, type ToolContext, type ToolStep } from "./tool";

/** A box from one corner to the other: by dragging, or by two clicks. */
export interface BoxState {
  readonly from: ImagePoint | null;
  readonly to: ImagePoint;
  /** Whether the button is held since the first corner. */
  readonly dragging: boolean;
  readonly snapped: boolean;
}

const idle: BoxState = { from: null, to: { x: 0, y: 0 }, dragging: false, snapped: false };

function finish(from: ImagePoint, to: ImagePoint, context: ToolContext): ToolStep<BoxState> {
  const rect = rectOf(from, to);
  const large = rect.right - rect.left >= MIN_PULLED && rect.bottom - rect.top >= MIN_PULLED;
  return { state: idle, commands: large ? addShape(boxOf(rect), context) : [], handled: true };
}

export const boxTool: Tool<BoxState> = {
  id: "box",
  draws: "box",
  start: () => idle,
  isBusy: state => state.from !== null,
  step(state, input, context) {
    if (input.kind === "key") {
      const ends = state.from !== null && (input.key === "Escape" || input.key === "Backspace");
      return { state: ends ? idle : state, handled: ends };
    }
    if (input.kind === "cancel") return { state: idle, handled: true };
    const { at, snapped } = place(input, context);
    const next = { ...state, to: at, snapped };
    if (input.kind === "down") {
      if (state.from) return finish(state.from, at, context);
      return { state: { from: at, to: at, dragging: true, snapped }, handled: true };
    }
    if (input.kind === "up" && state.from && state.dragging) {
      if (isNear(state.from, at, context, CLICK_SLACK)) return { state: { ...next, dragging: false }, handled: true };
      return finish(state.from, at, context);
    }
    return { state: next, handled: true };
  },
  show(state) {
    const snap = state.snapped ? state.to : null;
    if (!state.from) return { ...NOTHING, snap, cursor: "crosshair" };
    const geometry = boxOf(rectOf(state.from, state.to));
    return { ...NOTHING, snap, cursor: "crosshair", draft: { geometry, points: [], line: [], closing: false } };
  },
};

/**
 * A box by its four extreme points, in any order: quicker than corners, since each click lies on the thing itself
 * (D. P. Papadopoulos et al., Extreme clicking for efficient object annotation, ICCV 2017).
 */
export interface ExtremeState {
  readonly points: readonly number[];
  readonly at: ImagePoint;
  readonly snapped: boolean;
}

const untouched: ExtremeState = { points: [], at: { x: 0, y: 0 }, snapped: false };

const bounds = (points: readonly number[]) => {
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  return boxOf({ left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) });
};

export const extremeBoxTool: Tool<ExtremeState> = {
  id: "extreme_box",
  draws: "box",
  start: () => untouched,
  isBusy: state => state.points.length > 0,
  step(state, input, context) {
    if (input.kind === "key") {
      if (state.points.length === 0) return { state, handled: false };
      if (input.key === "Escape") return { state: untouched, handled: true };
      if (input.key === "Backspace") return { state: { ...state, points: state.points.slice(0, -2) }, handled: true };
      return { state, handled: false };
    }
    if (input.kind === "cancel") return { state: untouched, handled: true };
    const { at, snapped } = place(input, context);
    if (input.kind !== "down") return { state: { ...state, at, snapped }, handled: true };
    const points = [...state.points, at.x, at.y];
    if (points.length < 8) return { state: { points, at, snapped }, handled: true };
    const box = bounds(points);
    const large = box.width >= MIN_PULLED && box.height >= MIN_PULLED;
    return { state: untouched, commands: large ? addShape(box, context) : [], handled: true };
  },
  show(state) {
    const snap = state.snapped ? state.at : null;
    if (state.points.length === 0) return { ...NOTHING, snap, cursor: "crosshair" };
    const geometry = bounds([...state.points, state.at.x, state.at.y]);
    return { ...NOTHING, snap, cursor: "crosshair", draft: { geometry, points: state.points, line: [], closing: false } };
  },
};
