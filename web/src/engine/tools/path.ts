import { distance, type ImagePoint } from "../coordinates";
import { MAX_VERTICES } from "../geometry/geometry";
import { at as pointAt } from "../geometry/points";
import { addShape, HANDLE, isNear, NOTHING, place, type Tool, type ToolContext, type ToolStep } from "./tool";

/** A ring or line by clicks, point after point; with shift held points follow the pointer by themselves. */
export interface PathState {
  readonly xy: readonly number[];
  readonly at: ImagePoint;
  readonly snapped: boolean;
}

const idle: PathState = { xy: [], at: { x: 0, y: 0 }, snapped: false };

/** How far apart points are that follow the pointer, in CSS pixels. */
const FREEHAND_STEP = 6;

/** Clicks nearer than this to the last point put none, in CSS pixels. */
const SAME_PLACE = 1.5;

function pathTool(kind: "polygon" | "polyline"): Tool<PathState> {
  const least = kind === "polygon" ? 3 : 2;
  const count = (state: PathState) => state.xy.length / 2;
  const last = (state: PathState) => pointAt(state.xy, count(state) - 1);

  const finish = (state: PathState, context: ToolContext): ToolStep<PathState> =>
    count(state) < least
      ? { state, handled: true }
      : { state: { ...idle, at: state.at }, commands: addShape({ kind, xy: state.xy }, context), handled: true };

  const closes = (state: PathState, at: ImagePoint, context: ToolContext): boolean =>
    kind === "polygon" && count(state) >= least && isNear(pointAt(state.xy, 0), at, context, HANDLE);

  const put = (state: PathState, at: ImagePoint, snapped: boolean): PathState =>
    count(state) >= MAX_VERTICES ? state : { xy: [...state.xy, at.x, at.y], at, snapped };

  return {
    id: kind,
    draws: kind,
    start: () => idle,
    isBusy: state => state.xy.length > 0,
    step(state, input, context) {
      if (input.kind === "key") {
        if (state.xy.length === 0) return { state, handled: false };
        if (input.key === "Escape") return { state: { ...idle, at: state.at }, handled: true };
        if (input.key === "Backspace") return { state: { ...state, xy: state.xy.slice(0, -2) }, handled: true };
        if (input.key === "Enter") return finish(state, context);
        return { state, handled: false };
      }
      if (input.kind === "cancel") return { state, handled: true };
      const { at, snapped } = place(input, context);
      const moved = { ...state, at, snapped };
      if (input.kind === "move") {
        const follows = input.modifiers.shift && state.xy.length > 0 && distance(last(state), at) >= FREEHAND_STEP * context.pixel;
        return { state: follows ? put(state, at, snapped) : moved, handled: true };
      }
      if (input.kind === "up") return { state: moved, handled: true };
      if (closes(state, at, context)) return finish(state, context);
      if (state.xy.length > 0 && isNear(last(state), at, context, SAME_PLACE))
        return input.clicks > 1 ? finish(state, context) : { state: moved, handled: true };
      const next = put(state, at, snapped);
      return input.clicks > 1 && count(next) >= least ? finish(next, context) : { state: next, handled: true };
    },
    show(state, context) {
      const snap = state.snapped ? state.at : null;
      if (state.xy.length === 0) return { ...NOTHING, snap, cursor: "crosshair" };
      const closing = closes(state, state.at, context);
      const ahead = closing ? state.xy : [...state.xy, state.at.x, state.at.y];
      const geometry = kind === "polygon" && ahead.length >= 6 ? { kind, xy: ahead } : null;
      return { ...NOTHING, snap, cursor: "crosshair", draft: { geometry, points: state.xy, line: ahead, closing } };
    },
  };
}

export const polygonTool = pathTool("polygon");

export const polylineTool = pathTool("polyline");
