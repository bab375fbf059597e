import { boxForm } from "./box";
import type { Geometry, GeometryForm, GeometryKind } from "./geometry";
import { keypointsForm } from "./keypoints";
import { polygonForm } from "./polygon";
import { polylineForm } from "./polyline";
import { rotatedBoxForm } from "./rotated-box";

/** One row for each kind of geometry; a kind without a row does not compile. */
const FORMS: { readonly [K in GeometryKind]: GeometryForm<Extract<Geometry, { kind: K }>> } = {
  box: boxForm,
  rotated_box: rotatedBoxForm,
  polygon: polygonForm,
  polyline: polylineForm,
  keypoints: keypointsForm,
};

export const GEOMETRY_KINDS = Object.keys(FORMS) as readonly GeometryKind[];

/** The row of a geometry's kind. What it is given must be of that kind, as `formOf(g).bounds(g)` is. */
export const formOf = (geometry: { readonly kind: GeometryKind }): GeometryForm => FORMS[geometry.kind] as unknown as GeometryForm;

export const isGeometryKind = (name: string): name is GeometryKind => Object.hasOwn(FORMS, name);
