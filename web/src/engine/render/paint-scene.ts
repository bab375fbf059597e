import { formOf } from "../geometry/registry";
import type { OntologyIndex } from "../ontology/ontology";
import type { Delta } from "../scene/delta";
import type { Scene, Shape, ShapeId } from "../scene/scene";
import { type PaintItem, type PaintStyle, pack } from "./paint";
import type { RenderRequest } from "./protocol";

/** Other people's shapes, laid under one's own: one response, in its person's colour. */
export interface ShapeLayer {
  readonly id: string;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly opacity: number;
  readonly dashed: boolean;
  readonly visible: boolean;
  /** False leaves outlines alone: of many layers the fills would hide the picture. */
  readonly filled?: boolean;
  readonly shapes: readonly Shape[];
}

/**
 * Keeps whoever draws the resting scene told of it: turns shapes into items with numbers for names, and deltas into changes of items. Each change
 * has a revision; a picture says which revision it shows.
 */
export class PaintScene {
  readonly #post: (request: RenderRequest) => void;
  readonly #keys = new Map<string, number>();
  readonly #styles: PaintStyle[] = [];
  readonly #styleKeys = new Map<string, number>();
  #sentStyles = 0;
  #nextKey = 1;
  #revision = 0;
  #scene: Scene;
  #layers: readonly ShapeLayer[] = [];
  #layerKeys: number[] = [];
  #lifted: readonly ShapeId[] = [];

  constructor(scene: Scene, post: (request: RenderRequest) => void, layers: readonly ShapeLayer[] = []) {
    this.#scene = scene;
    this.#post = post;
    this.#layers = layers;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Says everything, to a renderer that knows nothing. */
  sendAll(scene: Scene): void {
    this.#scene = scene;
    this.#sentStyles = 0;
    const items = [...this.#layerItems(), ...scene.shapes.filter(shape => !shape.hidden).map(shape => this.#item(shape))];
    this.#send(items, [], true);
  }

  update(scene: Scene, delta: Delta): void {
    this.#scene = scene;
    const put = new Map<number, PaintItem>();
    const gone = new Set<number>();
    let restacked = false;
    for (const change of delta.changes) {
      if (change.kind === "answer") continue;
      const shape = change.kind === "replace" ? change.after : change.shape;
      const key = this.#keyOf(shape.id);
      if (change.kind === "replace" && !looksDifferent(change.before, change.after)) continue;
      restacked ||= change.kind !== "replace" || change.before.hidden !== change.after.hidden;
      if (change.kind === "remove" || shape.hidden) {
        put.delete(key);
        gone.add(key);
      } else {
        gone.delete(key);
        put.set(key, this.#item(shape));
      }
    }
    if (put.size + gone.size > 0) this.#send([...put.values()], [...gone], restacked);
  }

  setLayers(layers: readonly ShapeLayer[]): void {
    const before = new Set(this.#layerKeys);
    this.#layers = layers;
    const items = this.#layerItems();
    for (const item of items) before.delete(item.key);
    this.#send(items, [...before], true);
  }

  /** Takes shapes out of the resting picture while they are drawn over it. */
  lift(shapes: readonly ShapeId[]): void {
    if (shapes.length === this.#lifted.length && shapes.every((id, i) => id === this.#lifted[i])) return;
    this.#lifted = shapes;
    this.#send([], [], false, true);
  }

  #send(put: readonly PaintItem[], gone: readonly number[], restacked: boolean, lifted = false): void {
    this.#revision++;
    const newStyles = this.#styles.length !== this.#sentStyles;
    this.#sentStyles = this.#styles.length;
    this.#post({
      kind: "items",
      revision: this.#revision,
      put: pack(put),
      gone: Int32Array.from(gone),
      ...(newStyles ? { styles: [...this.#styles] } : {}),
      ...(restacked ? { order: Int32Array.from([...this.#layerKeys, ...this.#scene.shapes.map(shape => this.#keyOf(shape.id))]) } : {}),
      ...(lifted ? { lifted: Int32Array.from(this.#lifted, id => this.#keyOf(id)) } : {}),
    });
  }

  #item(shape: Shape): PaintItem {
    const { ontology } = this.#scene;
    const shapeClass = ontology.class(shape.question, shape.class);
    const style = {
      colour: shapeClass?.colour ?? "#808080",
      dashed: false,
      opacity: 1,
      limbs: shapeClass ? ontology.limbs(shapeClass) : [],
    };
    return itemOf(this.#keyOf(shape.id), shape, this.#styleOf(`${shape.question}/${shape.class}`, style));
  }

  #layerItems(): PaintItem[] {
    const { ontology } = this.#scene;
    const items = this.#layers
      .filter(layer => layer.visible)
      .flatMap(layer =>
        layer.shapes.map(shape => itemOf(this.#keyOf(`//${layer.id}//${shape.id}`), shape, this.#layerStyle(ontology, layer, shape))),
      );
    this.#layerKeys = items.map(item => item.key);
    return items;
  }

  #layerStyle(ontology: OntologyIndex, layer: ShapeLayer, shape: Shape): number {
    const shapeClass = ontology.class(shape.question, shape.class);
    const limbs = shapeClass ? ontology.limbs(shapeClass) : [];
    const { colour, dashed, opacity, filled = true } = layer;
    return this.#styleOf(`//${colour}/${dashed}/${opacity}/${filled}/${limbs.length > 0 ? `${shape.question}/${shape.class}` : ""}`, {
      colour,
      dashed,
      opacity,
      filled,
      limbs,
    });
  }

  #styleOf(name: string, style: PaintStyle): number {
    const known = this.#styleKeys.get(name);
    if (known !== undefined) return known;
    this.#styleKeys.set(name, this.#styles.push(style) - 1);
    return this.#styles.length - 1;
  }

  #keyOf(name: string): number {
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    this.#keys.set(name, this.#nextKey);
    return this.#nextKey++;
  }
}

function itemOf(key: number, shape: Shape, style: number): PaintItem {
  const outline = formOf(shape.geometry).outline(shape.geometry);
  return { key, path: outline.path, numbers: outline.path === "points" ? outline.xyv : outline.xy, style };
}

const looksDifferent = (before: Shape, after: Shape): boolean =>
  before.geometry !== after.geometry || before.class !== after.class || before.hidden !== after.hidden;
