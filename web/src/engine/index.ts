/** The canvas of the workbench. What is not exported here is nobody else's business. */
export { type AnswerFault, checkScene, checkShape } from "./answers/check";
export { type ReadFault, readAnswers } from "./answers/read";
export { wireId, writeAnswers } from "./answers/write";
export type { ImagePoint, Rect, ScreenPoint, Size } from "./coordinates";
export type { Geometry, GeometryKind, Visibility } from "./geometry/geometry";
export { formOf } from "./geometry/registry";
export type { JsonObject, JsonValue } from "./json";
export { ENGINE_KEYS, type EngineKey, type EngineKeyId } from "./keys";
export {
  type AnswerValue,
  type ChoiceOption,
  type ClassRef,
  type Condition,
  indexOntology,
  type Ontology,
  type OntologyIndex,
  type Question,
  type ScalarQuestion,
  type ShapeClass,
  type ShapesQuestion,
  titleOf,
} from "./ontology/ontology";
export { canonicalValue, faultOf, type ValueFault } from "./ontology/values";
export type { ShapeRef } from "./overlay-model";
export type { Display } from "./render/image-source";
export type { ShapeLayer } from "./render/paint-scene";
export type { Command, SessionCommand } from "./scene/commands";
export { answersOf, isAsked } from "./scene/pruning";
export { classOf, type Scene, type Shape, type ShapeId, shapeId, shapeOf } from "./scene/scene";
export { toolFor } from "./tools/registry";
export type { ToolId } from "./tools/tool";
export { toImage, toScreen, type ViewTransform } from "./view";
export {
  createWorkbenchEngine,
  type EngineState,
  type ImageState,
  type PreparedImage,
  type WorkbenchEngine,
  type WorkbenchOptions,
  type WorkbenchTask,
} from "./workbench";
