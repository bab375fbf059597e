/** The look of shapes, in CSS pixels. One place for the resting picture and for what is drawn over it. */
export const LINE = 1.5;
export const SELECTED_LINE = 2;
export const HALO = 2;
export const FILL = 0.12;
export const HOVER_FILL = 0.2;
export const POINT_RADIUS = 3.5;
export const POINT_RIM = 1.5;

/** How far from a shape's line a pointer still hits it, in CSS pixels. */
export const HIT_TOLERANCE = 5;

/** How far from a handle a pointer still takes hold of it. */
export const HANDLE_REACH = 8;

/** How far a rotation handle stands from its box. */
export const ROTATE_ARM = 24;

/** A colour of the ontology as red, green and blue, 0-255; grey where it is none. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!match) return [128, 128, 128];
  return [Number.parseInt(match[1] as string, 16), Number.parseInt(match[2] as string, 16), Number.parseInt(match[3] as string, 16)];
}
