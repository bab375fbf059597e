import { type AnswerValue, type ScalarQuestion, titleOf } from "../../engine";
import { canvas } from "../../messages/en/canvas";
import { placedOptions } from "../canvas/answers";

/** An answer in words: the titles of what was chosen. */
export function valueText(question: ScalarQuestion | undefined, value: AnswerValue): string {
  switch (question?.kind) {
    case "boolean":
      return value ? canvas.yes : canvas.no;
    case "choice":
      return (question.multiple ? (value as readonly (string | readonly string[])[]) : [value as string | readonly string[]])
        .map(each => optionText(question, typeof each === "string" ? [each] : each))
        .join(", ");
    case "rating": {
      const label = question.labels?.find(each => each.value === value)?.title;
      return label ? canvas.rated(value as number, label) : String(value);
    }
    case "number":
      return question.unit ? `${value}\u202f${question.unit}` : String(value);
    default:
      return String(value);
  }
}

function optionText(question: ScalarQuestion & { kind: "choice" }, path: readonly string[]): string {
  const placed = placedOptions(question.options);
  const last = path.join("/");
  const found = placed.find(each => each.path.join("/") === last) ?? placed.find(each => each.option.id === last);
  return found ? titleOf(found.option) : last;
}
