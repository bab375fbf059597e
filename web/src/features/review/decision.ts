import { formOf, type Scene, type Shape, wireId } from "../../engine";
import { type Case, CONSENSUS, sideOf } from "./sides";

/** How many things the decision says otherwise than the consensus: objects added, taken out or changed, and questions. */
export function changesOf(of: Case, scene: Scene): number {
  const consensus = sideOf(of, CONSENSUS);
  const before = new Map((consensus?.shapes ?? []).map(shape => [nameOf(shape), contentOf(shape)]));
  let changes = 0;
  for (const shape of scene.shapes) {
    const known = before.get(nameOf(shape));
    if (known !== contentOf(shape)) changes++;
    before.delete(nameOf(shape));
  }
  const questions = new Set([...Object.keys(scene.answers), ...Object.keys(consensus?.answers ?? {})]);
  const answered = [...questions].filter(id => JSON.stringify(scene.answers[id]) !== JSON.stringify(consensus?.answers[id])).length;
  return changes + before.size + answered;
}

const nameOf = (shape: Shape): string => `${shape.question}/${wireId(shape)}`;

const contentOf = (shape: Shape): string =>
  JSON.stringify([shape.class, shape.geometry.kind, formOf(shape.geometry).write(shape.geometry), sorted(shape.attributes)]);

const sorted = (attributes: Shape["attributes"]) => Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
