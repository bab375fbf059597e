import type { GeometryKind } from "../geometry/geometry";
import { boxTool, extremeBoxTool } from "./box";
import { keypointsTool } from "./keypoints";
import { polygonTool, polylineTool } from "./path";
import { rotatedBoxTool } from "./rotated-box";
import { selectTool } from "./select";
import { NOTHING, type Tool, type ToolContext, type ToolDisplay, type ToolId, type ToolInput, type ToolStep } from "./tool";

/** The hand: the host pans for it, as it does with the middle button. */
const panTool: Tool<null> = {
  id: "pan",
  draws: null,
  start: () => null,
  isBusy: () => false,
  step: state => ({ state, handled: false }),
  show: () => ({ ...NOTHING, cursor: "grab" }),
};

const TOOLS = {
  select: selectTool,
  pan: panTool,
  box: boxTool,
  extreme_box: extremeBoxTool,
  rotated_box: rotatedBoxTool,
  polygon: polygonTool,
  polyline: polylineTool,
  keypoints: keypointsTool,
} as const satisfies Readonly<Record<ToolId, { readonly id: ToolId; readonly draws: GeometryKind | null }>>;

/** The tool that draws a kind of geometry unless another is chosen. */
export const toolFor: Readonly<Record<GeometryKind, ToolId>> = {
  box: "box",
  rotated_box: "rotated_box",
  polygon: "polygon",
  polyline: "polyline",
  keypoints: "keypoints",
};

export const drawnBy = (id: ToolId): GeometryKind | null => TOOLS[id].draws;

/** A tool together with its state. */
export interface RunningTool {
  readonly id: ToolId;
  readonly draws: GeometryKind | null;
  readonly isBusy: boolean;
  step(input: ToolInput, context: ToolContext): Omit<ToolStep<unknown>, "state">;
  show(context: ToolContext): ToolDisplay;
}

export function startTool(id: ToolId): RunningTool {
  return run(TOOLS[id] as unknown as Tool<unknown>);
}

function run<State>(tool: Tool<State>): RunningTool {
  let state = tool.start();
  return {
    id: tool.id,
    draws: tool.draws,
    get isBusy() {
      return tool.isBusy(state);
    },
    step(input, context) {
      const { state: next, ...rest } = tool.step(state, input, context);
      state = next;
      return rest;
    },
    show: context => tool.show(state, context),
  };
}
