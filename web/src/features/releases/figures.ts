import type { Schemas } from "../../api/client";
import { count } from "../../components/format";
import { releases as m } from "../../messages/en/releases";

export type AssayFigure = Schemas["AssayFigure"];

/** The figure that stands for a release: of things, else of choices. Null where nothing was measured. */
export function headlineOf(summary: Schemas["ReleaseSummary"]): AssayFigure | null {
  for (const name of ["accuracy", "choice_accuracy"]) {
    const figure = summary.figures.find(each => each.name === name);
    if (figure) return figure;
  }

  return summary.figures[0] ?? null;
}

/** What a figure rests on. */
export function basisOf(figure: AssayFigure): string {
  return m.basis(count(figure.sample_units), count(figure.sample_images));
}
