import type { DrawableShape, Geometry } from "../../components/Picture";
import type { ClassLooks } from "../tasks/drawable";
import { geometryOf } from "../tasks/drawable";
import { targetOf } from "./plan";
import type { ForeignClass, Plan, Sample } from "./server";

/** For classes that nothing here stands for (yet): far from each other, also for those who see some colours alike. */
const foreign = ["#56b4e9", "#e69f00", "#cc79a7", "#009e73", "#f0e442", "#8a7dff", "#d55e00", "#9aa5ad"] as const;

/** Title and colour of each class of a data set: of the one here that it becomes, else its own name with a colour of its own. */
export function looksOf(classes: readonly ForeignClass[], plan: Plan, own: ClassLooks): ClassLooks {
  const taken = new Set([...own.values()].map(each => each.colour.toLowerCase()));
  const free = foreign.filter(colour => !taken.has(colour));
  const colours = free.length > 0 ? free : foreign;
  return new Map(
    classes.map((row, i) => {
      const target = targetOf(plan.classes, row);
      const here = target === null ? undefined : own.get(target);
      return [row.name, { title: row.name, colour: here?.colour ?? colours[i % colours.length] ?? foreign[0] }];
    }),
  );
}

/** The shapes of a sample as they are drawn; those of classes that are left out with a dashed line. */
export function shapesOf(sample: Sample, classes: readonly ForeignClass[], plan: Plan, looks: ClassLooks): DrawableShape[] {
  const byName = new Map(classes.map(row => [row.name, row]));
  return sample.shapes.flatMap((shape, i) => {
    const geometry: Geometry | null = geometryOf(shape.mark);
    if (!geometry) return [];
    const look = looks.get(shape.class);
    return [
      {
        id: String(i),
        className: shape.class,
        colour: look?.colour ?? foreign[0],
        geometry,
        dashed: targetOf(plan.classes, byName.get(shape.class) ?? { name: shape.class, target: shape.target }) === null,
      },
    ];
  });
}
