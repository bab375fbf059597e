import type { ImagePoint, Rect, ScreenPoint } from "../coordinates";
import type { Grip, Handle, Outline } from "../geometry/geometry";
import type { DraftDrawing } from "../tools/tool";
import { toScreen, type ViewTransform } from "../view";
import { FILL, HALO, HOVER_FILL, LINE, POINT_RADIUS, POINT_RIM, SELECTED_LINE } from "./style";

/** A shape drawn over the resting picture. */
export interface OverlayShape {
  readonly outline: Outline;
  readonly limbs: readonly (readonly [number, number])[];
  readonly colour: string;
  readonly look: "resting" | "hovered" | "selected" | "highlighted" | "proposed";
  readonly dashed?: boolean;
}

export interface OverlayHandles {
  readonly handles: readonly Handle[];
  readonly colour: string;
  readonly focus: Grip | null;
}

/** All that lies over the resting picture. */
export interface OverlayModel {
  readonly view: ViewTransform;
  readonly shapes: readonly OverlayShape[];
  /** Bounds of more that is selected than can be drawn whole. */
  readonly crowd: readonly Rect[];
  readonly handles: readonly OverlayHandles[];
  readonly draft:
    | (DraftDrawing & { readonly colour: string; readonly outline: Outline | null; readonly limbs: OverlayShape["limbs"] })
    | null;
  readonly marquee: Rect | null;
  readonly snap: ImagePoint | null;
  /** Lines through the pointer, or through the crosshair that keys move. */
  readonly crosshair: { readonly at: ImagePoint; readonly byKeys: boolean } | null;
  readonly chip: { readonly at: ScreenPoint; readonly text: string; readonly colour: string } | null;
}

const INK = "#14181b";
const PAPER = "#ffffff";
const HANDLE_SIZE = 8;
const VERTEX_SIZE = 7;

/** The middles of edges shorter than this on the screen are not offered. */
const SHORTEST_EDGE = 28;

/** Shapes with more handles than this show none but the one that has the focus. */
const MOST_HANDLES = 600;

type Context = CanvasRenderingContext2D;

export function drawOverlay(context: Context, model: OverlayModel): void {
  const { view } = model;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
  context.lineJoin = "round";
  context.lineCap = "round";
  if (model.crosshair) drawCrosshair(context, view, model.crosshair);
  for (const shape of model.shapes) drawShape(context, view, shape);
  drawCrowd(context, view, model.crowd);
  if (model.draft) drawDraft(context, view, model.draft);
  for (const handles of model.handles) drawHandles(context, view, handles);
  if (model.marquee) drawMarquee(context, view, model.marquee);
  if (model.snap) drawSnap(context, toScreen(view, model.snap));
  if (model.chip) drawChip(context, view, model.chip);
}

function drawShape(context: Context, view: ViewTransform, { outline, limbs, colour, look, dashed }: OverlayShape): void {
  const bold = look === "selected" || look === "highlighted";
  if (outline.path === "points") {
    drawPoints(context, view, outline.xyv, limbs, look === "proposed" ? PAPER : colour, bold);
    return;
  }
  trace(context, view, outline.xy, outline.path === "ring");
  if (look === "proposed") {
    // Over the line of the resting picture, which shows in the gaps.
    context.setLineDash([4, 8]);
    context.strokeStyle = PAPER;
    context.lineWidth = LINE;
    context.stroke();
    context.setLineDash([]);
    return;
  }
  if (outline.path === "ring") {
    context.globalAlpha = look === "hovered" ? HOVER_FILL - FILL : look === "resting" ? FILL : dashed ? 0 : FILL / 2;
    context.fillStyle = colour;
    context.fill("evenodd");
    context.globalAlpha = 1;
  }
  context.setLineDash(dashed ? [6, 4] : []);
  if (bold) {
    context.strokeStyle = PAPER;
    context.lineWidth = SELECTED_LINE + 2 * HALO;
    context.stroke();
  }
  context.strokeStyle = colour;
  context.lineWidth = bold ? SELECTED_LINE : LINE;
  context.stroke();
  context.setLineDash([]);
}

function trace(context: Context, view: ViewTransform, xy: readonly number[], closed: boolean): void {
  context.beginPath();
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = (xy[i] as number) * view.scale + view.x;
    const y = (xy[i + 1] as number) * view.scale + view.y;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  if (closed) context.closePath();
}

function drawPoints(
  context: Context,
  view: ViewTransform,
  xyv: readonly number[],
  limbs: OverlayShape["limbs"],
  colour: string,
  bold: boolean,
): void {
  const at = (i: number) => toScreen(view, { x: xyv[3 * i] as number, y: xyv[3 * i + 1] as number });
  const seen = (i: number) => (xyv[3 * i + 2] as number) > 0;
  const passes = bold
    ? ([
        [PAPER, SELECTED_LINE + 2 * HALO, HALO],
        [colour, SELECTED_LINE, 0],
      ] as const)
    : ([[colour, LINE, 0]] as const);
  for (const [ink, width, more] of passes) {
    context.strokeStyle = ink;
    context.fillStyle = ink;
    context.lineWidth = width;
    context.beginPath();
    for (const [from, to] of limbs) {
      if (!seen(from) || !seen(to)) continue;
      const [a, b] = [at(from), at(to)];
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
    }
    context.stroke();
    for (let i = 0; 3 * i < xyv.length; i++) {
      if (!seen(i)) continue;
      const point = at(i);
      const hollow = xyv[3 * i + 2] === 1 && more === 0;
      context.beginPath();
      context.arc(point.x, point.y, POINT_RADIUS + more - (hollow ? POINT_RIM / 2 : 0), 0, 2 * Math.PI);
      context.lineWidth = POINT_RIM;
      if (hollow) context.stroke();
      else context.fill();
      context.lineWidth = width;
    }
  }
}

/** Many bounds as one path. */
function drawCrowd(context: Context, view: ViewTransform, crowd: readonly Rect[]): void {
  if (crowd.length === 0) return;
  context.beginPath();
  for (const { left, top, right, bottom } of crowd) {
    context.rect(left * view.scale + view.x, top * view.scale + view.y, (right - left) * view.scale, (bottom - top) * view.scale);
  }
  context.strokeStyle = PAPER;
  context.lineWidth = 1;
  context.stroke();
}

function drawDraft(context: Context, view: ViewTransform, draft: NonNullable<OverlayModel["draft"]>): void {
  if (draft.outline) drawShape(context, view, { outline: draft.outline, limbs: draft.limbs, colour: draft.colour, look: "resting" });
  if (draft.line.length >= 4) {
    trace(context, view, draft.line, draft.closing);
    context.strokeStyle = PAPER;
    context.lineWidth = SELECTED_LINE + 2;
    context.stroke();
    context.strokeStyle = draft.colour;
    context.lineWidth = SELECTED_LINE;
    context.stroke();
  }
  for (let i = 0; i + 1 < draft.points.length; i += 2) {
    const at = toScreen(view, { x: draft.points[i] as number, y: draft.points[i + 1] as number });
    knob(context, at, i === 0 && draft.closing ? VERTEX_SIZE + 4 : VERTEX_SIZE, draft.colour, i === 0 && draft.closing);
  }
}

function drawHandles(context: Context, view: ViewTransform, { handles, colour, focus }: OverlayHandles): void {
  const many = handles.length > MOST_HANDLES;
  const vertices = handles.filter(({ grip }) => grip.kind === "vertex");
  for (const { grip, at } of handles) {
    const focused = focus !== null && same(focus, grip);
    if (many && !focused) continue;
    const place = toScreen(view, at);
    if (place.x < -20 || place.y < -20 || place.x > view.viewport.width + 20 || place.y > view.viewport.height + 20) continue;
    if (grip.kind === "edge") {
      if (edgeLength(vertices, grip.index, view) >= SHORTEST_EDGE || focused) ghost(context, place, colour);
    } else if (grip.kind === "side") square(context, place, colour, focused);
    else knob(context, place, grip.kind === "rotate" ? HANDLE_SIZE + 2 : VERTEX_SIZE, colour, focused);
  }
}

function edgeLength(vertices: readonly Handle[], index: number, view: ViewTransform): number {
  const a = vertices[index - 1]?.at;
  const b = vertices[index % vertices.length]?.at;
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) * view.scale : 0;
}

const same = (a: Grip, b: Grip): boolean => a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);

function square(context: Context, at: ScreenPoint, colour: string, focused: boolean): void {
  const size = HANDLE_SIZE + (focused ? 4 : 0);
  context.fillStyle = focused ? colour : PAPER;
  context.strokeStyle = focused ? PAPER : INK;
  context.lineWidth = focused ? 2 : 1;
  context.fillRect(at.x - size / 2, at.y - size / 2, size, size);
  context.strokeRect(at.x - size / 2, at.y - size / 2, size, size);
}

function knob(context: Context, at: ScreenPoint, size: number, colour: string, focused: boolean): void {
  context.beginPath();
  context.arc(at.x, at.y, (size + (focused ? 4 : 0)) / 2, 0, 2 * Math.PI);
  context.fillStyle = focused ? colour : PAPER;
  context.strokeStyle = focused ? PAPER : INK;
  context.lineWidth = focused ? 2 : 1;
  context.fill();
  context.stroke();
}

function ghost(context: Context, at: ScreenPoint, colour: string): void {
  context.beginPath();
  context.arc(at.x, at.y, 3, 0, 2 * Math.PI);
  context.fillStyle = PAPER;
  context.globalAlpha = 0.7;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
}

function drawMarquee(context: Context, view: ViewTransform, { left, top, right, bottom }: Rect): void {
  const from = toScreen(view, { x: left, y: top });
  const to = toScreen(view, { x: right, y: bottom });
  context.fillStyle = "rgba(255, 255, 255, 0.12)";
  context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.lineWidth = 1;
  context.strokeStyle = INK;
  context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.setLineDash([4, 4]);
  context.strokeStyle = PAPER;
  context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.setLineDash([]);
}

/** Dark beneath light, so that it is seen on any picture. */
function drawCrosshair(context: Context, view: ViewTransform, { at, byKeys }: NonNullable<OverlayModel["crosshair"]>): void {
  const { x, y } = toScreen(view, at);
  const { width, height } = view.viewport;
  const column = Math.round(x) + 0.5;
  const row = Math.round(y) + 0.5;
  for (const [ink, lineWidth] of [
    ["rgba(0, 0, 0, 0.45)", 3],
    ["rgba(255, 255, 255, 0.85)", 1],
  ] as const) {
    context.strokeStyle = ink;
    context.lineWidth = lineWidth;
    context.beginPath();
    context.moveTo(column, 0);
    context.lineTo(column, height);
    context.moveTo(0, row);
    context.lineTo(width, row);
    context.stroke();
  }
  if (!byKeys) return;
  context.beginPath();
  context.arc(x, y, 10, 0, 2 * Math.PI);
  context.strokeStyle = INK;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = PAPER;
  context.lineWidth = 2;
  context.stroke();
}

function drawSnap(context: Context, at: ScreenPoint): void {
  context.beginPath();
  context.arc(at.x, at.y, 7, 0, 2 * Math.PI);
  context.strokeStyle = INK;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = "#e3b94d";
  context.lineWidth = 2;
  context.stroke();
}

function drawChip(context: Context, view: ViewTransform, { at, text, colour }: NonNullable<OverlayModel["chip"]>): void {
  context.font = '500 12px "Inter Variable", system-ui, sans-serif';
  context.textBaseline = "middle";
  const width = Math.ceil(context.measureText(text).width) + 26;
  const x = at.x + 14 + width > view.viewport.width ? at.x - 14 - width : at.x + 14;
  const y = at.y + 38 > view.viewport.height ? at.y - 34 : at.y + 14;
  context.beginPath();
  context.roundRect(x, y, width, 22, 6);
  context.fillStyle = "rgba(20, 24, 27, 0.88)";
  context.fill();
  context.beginPath();
  context.arc(x + 11, y + 11, 4, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.fillStyle = PAPER;
  context.fillText(text, x + 20, y + 11.5);
}
