import { distance, type ImagePoint, type Rect, rectOf } from "../coordinates";
import type { Grip, Handle } from "../geometry/geometry";
import { formOf } from "../geometry/registry";
import { HANDLE_REACH, HIT_TOLERANCE, ROTATE_ARM } from "../render/style";
import type { Command } from "../scene/commands";
import { type Shape, type ShapeId, shapeOf } from "../scene/scene";
import { CLICK_SLACK, type Modifiers, NOTHING, type PointerInput, place, type Tool, type ToolContext, type ToolStep } from "./tool";

/** A grip of a shape that arrow keys move. */
export interface GripFocus {
  readonly shape: ShapeId;
  readonly grip: Grip;
}

type Doing =
  | { readonly kind: "nothing" }
  /** The button is down on a shape; moving on moves the selection. */
  | { readonly kind: "pressed"; readonly from: ImagePoint; readonly on: ShapeId; readonly toggles: boolean }
  | { readonly kind: "moving"; readonly from: ImagePoint; readonly to: ImagePoint; readonly straight: boolean }
  | {
      readonly kind: "pulling";
      readonly shape: ShapeId;
      readonly grip: Grip;
      readonly from: ImagePoint;
      readonly to: ImagePoint;
      readonly modifiers: Modifiers;
      readonly moved: boolean;
      readonly snapped: boolean;
    }
  | { readonly kind: "marquee"; readonly from: ImagePoint; readonly to: ImagePoint; readonly adds: boolean };

export interface SelectState {
  readonly doing: Doing;
  readonly focus: GripFocus | null;
  /** What the pointer is over, for the cursor. */
  readonly over: Grip | "shape" | null;
  /** Nudges that follow one another are one step of undo. */
  readonly nudge: string | null;
}

const idle: SelectState = { doing: { kind: "nothing" }, focus: null, over: null, nudge: null };

/** Handles are shown and taken hold of only while so few shapes are selected. */
export const MOST_WITH_HANDLES = 8;

/** Nudging by keys, in pixels of the picture. */
const NUDGE = 1;
const NUDGE_FAR = 10;

const DEGREE = Math.PI / 180;

/** Turning with shift held goes in these steps. */
const TURN_STEP = 15 * DEGREE;

export function selectedShapes(context: Pick<ToolContext, "scene">): Shape[] {
  const { scene } = context;
  return scene.selection.map(id => shapeOf(scene, id)).filter(shape => shape !== undefined);
}

/** The handles of what is selected; none where it is locked, hidden or much. */
export function handlesOf(context: Pick<ToolContext, "scene" | "pixel">): { shape: Shape; handles: readonly Handle[] }[] {
  if (context.scene.selection.length > MOST_WITH_HANDLES) return [];
  return selectedShapes(context)
    .filter(shape => !shape.locked && !shape.hidden)
    .map(shape => ({ shape, handles: formOf(shape.geometry).handles(shape.geometry, ROTATE_ARM * context.pixel) }));
}

/** The handle under a place. Real vertices and corners come before the middles of edges. */
function gripAt(at: ImagePoint, context: ToolContext): GripFocus | null {
  let best: GripFocus | null = null;
  let least = Infinity;
  for (const { shape, handles } of handlesOf(context)) {
    const reach = reachOf(shape, context);
    for (const handle of handles) {
      const away = distance(handle.at, at);
      if (away > reach) continue;
      const cost = away + (handle.grip.kind === "edge" ? reach : 0);
      if (cost < least) [best, least] = [{ shape: shape.id, grip: handle.grip }, cost];
    }
  }
  return best;
}

/** Of a shape that is small on the screen the handles leave room to take hold of the shape itself. */
function reachOf(shape: Shape, context: ToolContext): number {
  const { left, top, right, bottom } = formOf(shape.geometry).bounds(shape.geometry);
  const least = Math.min(right - left, bottom - top) / context.pixel;
  return (
    Math.min(
      HANDLE_REACH,
      shape.geometry.kind === "polyline" || shape.geometry.kind === "keypoints" ? HANDLE_REACH : Math.max(3, least / 4),
    ) * context.pixel
  );
}

function down(input: PointerInput, context: ToolContext): ToolStep<SelectState> {
  const { at, modifiers } = input;
  const grip = gripAt(at, context);
  if (grip && modifiers.alt && grip.grip.kind === "vertex") {
    return { state: idle, commands: [{ kind: "deleteVertex", shape: grip.shape, index: grip.grip.index }], handled: true };
  }
  if (grip && !modifiers.alt) {
    const doing: Doing = { kind: "pulling", ...grip, from: at, to: at, modifiers, moved: false, snapped: false };
    return { state: { ...idle, doing }, handled: true };
  }
  const under = context.index.shapesAt(at, HIT_TOLERANCE * context.pixel);
  const hit = modifiers.alt ? beneath(under, context) : under[0];
  if (!hit) {
    const adds = modifiers.shift || modifiers.primary;
    const commands: Command[] = adds || context.scene.selection.length === 0 ? [] : [{ kind: "select", shapes: [] }];
    return { state: { ...idle, doing: { kind: "marquee", from: at, to: at, adds } }, commands, handled: true };
  }
  return press(hit.id, input, context);
}

/** The shape below the selected one, around and around. */
function beneath(under: readonly Shape[], { scene }: ToolContext): Shape | undefined {
  const at = under.findIndex(shape => scene.selection.includes(shape.id));
  return under[(at + 1) % Math.max(under.length, 1)];
}

function press(on: ShapeId, { at, modifiers }: PointerInput, { scene }: ToolContext): ToolStep<SelectState> {
  const selected = scene.selection.includes(on);
  const adds = modifiers.shift || modifiers.primary;
  const doing: Doing = { kind: "pressed", from: at, on, toggles: adds && selected };
  const state: SelectState = { ...idle, doing, over: "shape" };
  if (selected) return { state, handled: true };
  return { state, commands: [{ kind: "select", shapes: adds ? [...scene.selection, on] : [on] }], handled: true };
}

function move(state: SelectState, input: PointerInput, context: ToolContext): ToolStep<SelectState> {
  const { doing } = state;
  switch (doing.kind) {
    case "nothing": {
      const grip = gripAt(input.at, context)?.grip;
      const over = grip ?? (context.index.shapeAt(input.at, HIT_TOLERANCE * context.pixel) ? "shape" : null);
      return { state: over === state.over ? state : { ...state, over }, handled: true };
    }
    case "pressed": {
      if (distance(doing.from, input.at) <= CLICK_SLACK * context.pixel) return { state, handled: true };
      return {
        state: { ...state, doing: { kind: "moving", from: doing.from, to: input.at, straight: input.modifiers.shift } },
        handled: true,
      };
    }
    case "moving":
      return { state: { ...state, doing: { ...doing, to: input.at, straight: input.modifiers.shift } }, handled: true };
    case "pulling": {
      const moved = doing.moved || distance(doing.from, input.at) > CLICK_SLACK * context.pixel;
      const { at, snapped } = pullsPoint(doing.grip) ? place(input, context, doing.shape) : { at: input.at, snapped: false };
      return { state: { ...state, doing: { ...doing, to: at, moved, snapped, modifiers: input.modifiers } }, handled: true };
    }
    case "marquee":
      return { state: { ...state, doing: { ...doing, to: input.at } }, handled: true };
  }
}

const pullsPoint = (grip: Grip): boolean => grip.kind === "vertex" || grip.kind === "edge";

function up(state: SelectState, input: PointerInput, context: ToolContext): ToolStep<SelectState> {
  const moved = move(state, input, context).state;
  const { doing } = moved;
  const done = (commands: readonly Command[], focus: GripFocus | null = null): ToolStep<SelectState> => ({
    state: { ...idle, focus, over: moved.over },
    commands,
    handled: true,
  });
  switch (doing.kind) {
    case "nothing":
      return { state: moved, handled: true };
    case "pressed":
      return done(
        doing.toggles
          ? [{ kind: "select", shapes: context.scene.selection.filter(id => id !== doing.on) }]
          : onlyThat(doing.on, input, context),
      );
    case "moving":
      return done(pending(moved, context));
    case "pulling":
      return done(pending(moved, context), doing.moved || doing.grip.kind === "edge" ? null : { shape: doing.shape, grip: doing.grip });
    case "marquee":
      return done(within(doing, context));
  }
}

/** A click on one of several that are selected selects it alone. */
function onlyThat(on: ShapeId, { modifiers }: PointerInput, { scene }: ToolContext): Command[] {
  return scene.selection.length > 1 && !modifiers.shift && !modifiers.primary ? [{ kind: "select", shapes: [on] }] : [];
}

/** Drawn to the right a marquee selects what lies within; to the left also what it touches. */
function within({ from, to, adds }: Doing & { kind: "marquee" }, { scene, index, pixel }: ToolContext): Command[] {
  if (distance(from, to) <= CLICK_SLACK * pixel) return [];
  const found = index.shapesIn(rectOf(from, to), to.x >= from.x).map(shape => shape.id);
  return [{ kind: "select", shapes: adds ? [...new Set([...scene.selection, ...found])] : found }];
}

/** What would be done if the button were let go now. */
function pending({ doing }: SelectState, context: ToolContext): readonly Command[] {
  if (doing.kind === "moving") {
    const dx = doing.to.x - doing.from.x;
    const dy = doing.to.y - doing.from.y;
    const wide = Math.abs(dx) >= Math.abs(dy);
    return [{ kind: "move", shapes: context.scene.selection, dx: doing.straight && !wide ? 0 : dx, dy: doing.straight && wide ? 0 : dy }];
  }
  if (doing.kind !== "pulling" || !doing.moved) return [];
  const { shape, grip, to, modifiers } = doing;
  switch (grip.kind) {
    case "side":
      return [{ kind: "resize", shape, side: grip.side, to, aspect: modifiers.shift }];
    case "vertex":
      return [{ kind: "moveVertex", shape, index: grip.index, to }];
    case "edge":
      return [{ kind: "insertVertex", shape, index: grip.index, at: to }];
    case "rotate":
      return [{ kind: "rotate", shapes: [shape], by: turned(doing, context) }];
  }
}

function turned({ shape: id, from, to, modifiers }: Doing & { kind: "pulling" }, { scene }: ToolContext): number {
  const shape = shapeOf(scene, id);
  if (shape?.geometry.kind !== "rotated_box") return 0;
  const { cx, cy, angle } = shape.geometry;
  const by = Math.atan2(to.y - cy, to.x - cx) - Math.atan2(from.y - cy, from.x - cx);
  return modifiers.shift ? Math.round((angle + by) / TURN_STEP) * TURN_STEP - angle : by;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function pressKey(state: SelectState, key: string, modifiers: Modifiers, context: ToolContext): ToolStep<SelectState> {
  const arrow = ARROWS[key];
  if (arrow) return nudge(state, arrow, modifiers, context);
  const rest = { ...state, nudge: null };
  const no = { state: rest, handled: false };
  switch (key) {
    case "Escape":
      if (state.doing.kind !== "nothing") return { state: { ...idle, focus: state.focus }, handled: true };
      if (state.focus) return { state: { ...rest, focus: null }, handled: true };
      return context.scene.selection.length > 0 ? { state: rest, commands: [{ kind: "select", shapes: [] }], handled: true } : no;
    case "Delete":
    case "Backspace":
      if (state.focus?.grip.kind === "vertex")
        return {
          state: { ...rest, focus: null },
          commands: [{ kind: "deleteVertex", shape: state.focus.shape, index: state.focus.grip.index }],
          handled: true,
        };
      return context.scene.selection.length > 0
        ? { state: idle, commands: [{ kind: "delete", shapes: context.scene.selection }], handled: true }
        : no;
    case "Insert":
      return insert(rest, context);
    case "/":
      return cycleVisibility(rest, context);
    case ".":
    case ",":
      return focusNext(rest, key === "." ? 1 : -1, context);
    default:
      return no;
  }
}

/** Arrow keys move what is selected, or the grip that has the focus; with alt they pull the lower right corner. */
function nudge(state: SelectState, [x, y]: readonly [number, number], modifiers: Modifiers, context: ToolContext): ToolStep<SelectState> {
  if (context.scene.selection.length === 0) return { state, handled: false };
  const far = modifiers.shift ? NUDGE_FAR : NUDGE;
  const gesture = state.nudge ?? context.newGesture();
  const focus = state.focus ?? (modifiers.alt ? cornerOf(context) : null);
  const commands: Command[] = focus
    ? nudgeGrip(focus, x * far, y * far, gesture, context)
    : [{ kind: "move", shapes: context.scene.selection, dx: x * far, dy: y * far, gesture }];
  return { state: { ...state, nudge: gesture }, commands, handled: true };
}

function cornerOf(context: ToolContext): GripFocus | null {
  const [first] = handlesOf(context);
  const handle = first?.handles.find(({ grip }) => grip.kind === "side" && grip.side === "se");
  return first && handle ? { shape: first.shape.id, grip: handle.grip } : null;
}

function nudgeGrip({ shape: id, grip }: GripFocus, dx: number, dy: number, gesture: string, context: ToolContext): Command[] {
  const shape = shapeOf(context.scene, id);
  const handle =
    shape &&
    formOf(shape.geometry)
      .handles(shape.geometry, 0)
      .find(candidate => sameGrip(candidate.grip, grip));
  if (!handle) return [];
  const to = { x: handle.at.x + dx, y: handle.at.y + dy };
  switch (grip.kind) {
    case "side":
      return [{ kind: "resize", shape: id, side: grip.side, to, gesture }];
    case "vertex":
      return [{ kind: "moveVertex", shape: id, index: grip.index, to, gesture }];
    case "rotate":
      return [{ kind: "rotate", shapes: [id], by: (dx + dy) * DEGREE, gesture }];
    case "edge":
      return [];
  }
}

/** Sets the focus on the next grip of the shape that is selected. */
function focusNext(state: SelectState, by: number, context: ToolContext): ToolStep<SelectState> {
  const [first] = handlesOf(context);
  if (!first) return { state, handled: false };
  const grips = first.handles.map(handle => handle.grip).filter(grip => grip.kind !== "edge");
  const { focus } = state;
  const at = focus?.shape === first.shape.id ? grips.findIndex(grip => sameGrip(grip, focus.grip)) : by > 0 ? -1 : 0;
  const grip = grips[(at + by + grips.length) % grips.length];
  return grip ? { state: { ...state, focus: { shape: first.shape.id, grip } }, handled: true } : { state, handled: false };
}

/** Inserts a vertex after the one that has the focus. */
function insert(state: SelectState, context: ToolContext): ToolStep<SelectState> {
  const { focus } = state;
  const entry = handlesOf(context).find(({ shape }) => shape.id === focus?.shape);
  if (!entry || focus?.grip.kind !== "vertex") return { state, handled: false };
  const index = focus.grip.index + 1;
  const middle = entry.handles.find(({ grip }) => grip.kind === "edge" && grip.index === index);
  if (!middle) return { state, handled: false };
  return {
    state: { ...state, focus: { shape: focus.shape, grip: { kind: "vertex", index } } },
    commands: [{ kind: "insertVertex", shape: focus.shape, index, at: middle.at }],
    handled: true,
  };
}

/** Turns the keypoint that has the focus from visible to hidden and back. */
function cycleVisibility(state: SelectState, { scene }: ToolContext): ToolStep<SelectState> {
  const { focus } = state;
  const shape = focus && shapeOf(scene, focus.shape);
  if (shape?.geometry.kind !== "keypoints" || focus?.grip.kind !== "vertex") return { state, handled: false };
  const { index } = focus.grip;
  const visibility = shape.geometry.xyv[3 * index + 2] === 2 ? 1 : 2;
  return { state, commands: [{ kind: "setVisibility", shape: shape.id, index, visibility }], handled: true };
}

export const sameGrip = (a: Grip, b: Grip): boolean =>
  a.kind === b.kind &&
  (!("side" in a) || !("side" in b) || a.side === b.side) &&
  (!("index" in a) || !("index" in b) || a.index === b.index);

const SIDE_CURSORS = {
  nw: "nwse-resize",
  se: "nwse-resize",
  ne: "nesw-resize",
  sw: "nesw-resize",
  n: "ns-resize",
  s: "ns-resize",
  e: "ew-resize",
  w: "ew-resize",
} as const;

function cursorOf({ doing, over }: SelectState): string {
  if (doing.kind === "moving") return "move";
  const grip = doing.kind === "pulling" ? doing.grip : over;
  if (grip === "shape") return "move";
  if (!grip) return "default";
  if (grip.kind === "side") return SIDE_CURSORS[grip.side];
  return grip.kind === "edge" ? "copy" : grip.kind === "rotate" ? "grab" : "crosshair";
}

/** Selects, moves, resizes, turns and bends what is there. */
export const selectTool: Tool<SelectState> = {
  id: "select",
  draws: null,
  start: () => idle,
  isBusy: state => state.doing.kind !== "nothing",
  step(state, input, context) {
    if (input.kind === "key") return pressKey(state, input.key, input.modifiers, context);
    if (input.kind === "down") return down(input, context);
    if (input.kind === "move") return move(state, input, context);
    if (input.kind === "up") return up(state, input, context);
    return { state: idle, handled: true };
  },
  show(state, context) {
    const { doing } = state;
    const marquee: Rect | null = doing.kind === "marquee" ? rectOf(doing.from, doing.to) : null;
    const snap = doing.kind === "pulling" && doing.snapped ? doing.to : null;
    const focus = doing.kind === "pulling" ? { shape: doing.shape, grip: doing.grip } : state.focus;
    return { ...NOTHING, pending: pending(state, context), marquee, snap, focus, cursor: cursorOf(state) };
  },
};
