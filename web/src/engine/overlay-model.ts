import type { Rect, ScreenPoint } from "./coordinates";
import { formOf } from "./geometry/registry";
import { titleOf } from "./ontology/ontology";
import type { OverlayModel, OverlayShape } from "./render/overlay";
import type { ShapeLayer } from "./render/paint-scene";
import { classOf, type Scene, type Shape, type ShapeId, shapeOf } from "./scene/scene";
import { handlesOf } from "./tools/select";
import type { DraftDrawing, ToolContext, ToolDisplay } from "./tools/tool";
import { toScreen, type ViewTransform } from "./view";

/** More selected shapes than this are drawn by their bounds alone. */
export const MOST_DRAWN = 200;

/** A shape of one's own, or of another person's response. */
export interface ShapeRef {
  /** The layer; null for one's own. */
  readonly layer: string | null;
  readonly shape: ShapeId;
}

/** What the overlay is made from. */
export interface OverlayParts {
  readonly view: ViewTransform;
  /** The scene as it would be, if what is under way ended now. */
  readonly live: Scene;
  readonly context: ToolContext;
  readonly display: ToolDisplay;
  readonly hovered: ShapeId | null;
  /** Shapes that the resting picture does not show as they are. */
  readonly unsettled: Iterable<ShapeId>;
  readonly highlights: readonly ShapeRef[];
  /** Shapes as somebody else proposed them. */
  readonly proposed: readonly ShapeId[];
  readonly layers: readonly ShapeLayer[];
  readonly isDrawing: boolean;
  /** Where the pointer is, while it is over the canvas. */
  readonly pointer: ScreenPoint | null;
  readonly crosshair: { readonly at: { readonly x: number; readonly y: number } } | null;
}

export function overlayModel(parts: OverlayParts): OverlayModel {
  const { view, live, display } = parts;
  const handles = handlesOf({ scene: live, pixel: 1 / view.scale });
  return {
    view,
    shapes: shapesOf(parts),
    crowd: live.selection.length > MOST_DRAWN ? crowdOf(live) : [],
    handles: parts.isDrawing
      ? []
      : handles.map(({ shape, handles: grips }) => ({
          handles: grips,
          colour: colourOf(live, shape),
          focus: display.focus?.shape === shape.id ? display.focus.grip : null,
        })),
    draft: display.draft && draftOf(display.draft, parts),
    marquee: display.marquee,
    snap: display.snap,
    crosshair: crosshairOf(parts),
    chip: chipOf(parts),
  };
}

function shapesOf({ live, hovered, unsettled, highlights, proposed, layers }: OverlayParts): OverlayShape[] {
  const drawn: OverlayShape[] = [];
  const own = (id: ShapeId, look: OverlayShape["look"]) => {
    const shape = shapeOf(live, id);
    if (shape && !shape.hidden) drawn.push(overlayShape(live, shape, colourOf(live, shape), look));
  };
  const selected = new Set(live.selection.length > MOST_DRAWN ? [] : live.selection);
  for (const id of unsettled) if (!selected.has(id)) own(id, "resting");
  if (proposed.length <= MOST_DRAWN) for (const id of proposed) if (!selected.has(id)) own(id, "proposed");
  if (hovered && !selected.has(hovered)) own(hovered, "hovered");
  for (const { layer: id, shape } of highlights) {
    const layer = layers.find(candidate => candidate.id === id);
    const other = layer?.shapes.find(candidate => candidate.id === shape);
    if (layer && other) drawn.push({ ...overlayShape(live, other, layer.colour, "highlighted"), dashed: layer.dashed });
    else if (id === null) own(shape, "highlighted");
  }
  for (const id of selected) own(id, "selected");
  return drawn;
}

function overlayShape(scene: Scene, shape: Shape, colour: string, look: OverlayShape["look"]): OverlayShape {
  const shapeClass = classOf(scene, shape);
  return {
    outline: formOf(shape.geometry).outline(shape.geometry),
    limbs: shapeClass ? scene.ontology.limbs(shapeClass) : [],
    colour,
    look,
  };
}

const colourOf = (scene: Scene, shape: Shape): string => classOf(scene, shape)?.colour ?? "#808080";

const crowdOf = (scene: Scene): Rect[] =>
  scene.selection
    .map(id => shapeOf(scene, id))
    .filter(shape => shape !== undefined)
    .filter(shape => !shape.hidden)
    .map(shape => formOf(shape.geometry).bounds(shape.geometry));

function draftOf(draft: DraftDrawing, { live, context }: OverlayParts): OverlayModel["draft"] {
  const active = context.activeClass;
  const shapeClass = active ? live.ontology.class(active.question, active.class) : undefined;
  return {
    ...draft,
    colour: shapeClass?.colour ?? "#808080",
    outline: draft.geometry && formOf(draft.geometry).outline(draft.geometry),
    limbs: shapeClass ? live.ontology.limbs(shapeClass) : [],
  };
}

function crosshairOf({ view, isDrawing, crosshair, pointer }: OverlayParts): OverlayModel["crosshair"] {
  if (!isDrawing) return null;
  if (crosshair) return { at: crosshair.at, byKeys: true };
  if (!pointer) return null;
  return { at: { x: (pointer.x - view.x) / view.scale, y: (pointer.y - view.y) / view.scale }, byKeys: false };
}

/** The class at the pointer while drawing, and of keypoints the name of the next. */
function chipOf({ view, isDrawing, live, context, crosshair, pointer, display }: OverlayParts): OverlayModel["chip"] {
  const at = crosshair ? toScreen(view, crosshair.at) : pointer;
  const active = context.activeClass;
  const shapeClass = active ? live.ontology.class(active.question, active.class) : undefined;
  if (!isDrawing || !at || !shapeClass) return null;
  const names = context.activeClass && display.draft?.nextPoint !== undefined ? shapeClass.keypoints?.names : undefined;
  const next = names?.[display.draft?.nextPoint ?? 0];
  return { at, text: next === undefined ? titleOf(shapeClass) : `${titleOf(shapeClass)} · ${next}`, colour: shapeClass.colour };
}
