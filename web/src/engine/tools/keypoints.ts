import type { ImagePoint } from "../coordinates";
import type { Keypoints } from "../geometry/geometry";
import { addShape, NOTHING, place, type Tool, type ToolContext, type ToolStep } from "./tool";

/** Keypoints one after the other as the class names them; shift or alt marks one as hidden, a full stop passes one over. */
export interface KeypointsState {
  /** x, y, visibility of each point so far. */
  readonly xyv: readonly number[];
  readonly at: ImagePoint;
  readonly snapped: boolean;
}

const idle: KeypointsState = { xyv: [], at: { x: 0, y: 0 }, snapped: false };

function countOf({ scene, activeClass }: ToolContext): number {
  const shapeClass = activeClass && scene.ontology.class(activeClass.question, activeClass.class);
  return shapeClass?.keypoints?.names.length ?? 0;
}

const geometryOf = (xyv: readonly number[], count: number): Keypoints => ({
  kind: "keypoints",
  xyv: Array.from({ length: 3 * count }, (_, i) => xyv[i] ?? 0),
});

const hasPoint = (xyv: readonly number[]): boolean => xyv.some((value, i) => i % 3 === 2 && value > 0);

function put(state: KeypointsState, point: readonly [number, number, number], context: ToolContext): ToolStep<KeypointsState> {
  const xyv = [...state.xyv, ...point];
  return xyv.length < 3 * countOf(context) ? { state: { ...state, xyv }, handled: true } : finish({ ...state, xyv }, context);
}

const finish = (state: KeypointsState, context: ToolContext): ToolStep<KeypointsState> => ({
  state: { ...idle, at: state.at },
  commands: hasPoint(state.xyv) ? addShape(geometryOf(state.xyv, countOf(context)), context) : [],
  handled: true,
});

export const keypointsTool: Tool<KeypointsState> = {
  id: "keypoints",
  draws: "keypoints",
  start: () => idle,
  isBusy: state => state.xyv.length > 0,
  step(state, input, context) {
    if (countOf(context) === 0) return { state, handled: false };
    if (input.kind === "key") {
      if (input.key === ".") return put(state, [0, 0, 0], context);
      if (state.xyv.length === 0) return { state, handled: false };
      if (input.key === "Escape") return { state: { ...idle, at: state.at }, handled: true };
      if (input.key === "Backspace" || input.key === ",") return { state: { ...state, xyv: state.xyv.slice(0, -3) }, handled: true };
      if (input.key === "Enter") return finish(state, context);
      return { state, handled: false };
    }
    if (input.kind === "cancel") return { state, handled: true };
    const { at, snapped } = place(input, context);
    const next = { ...state, at, snapped };
    if (input.kind !== "down") return { state: next, handled: true };
    return put(next, [at.x, at.y, input.modifiers.shift || input.modifiers.alt ? 1 : 2], context);
  },
  show(state, context) {
    const count = countOf(context);
    const geometry = hasPoint(state.xyv) ? geometryOf(state.xyv, count) : null;
    const draft = { geometry, points: [], line: [], closing: false, nextPoint: state.xyv.length / 3 };
    return { ...NOTHING, snap: state.snapped ? state.at : null, cursor: "crosshair", draft };
  },
};
