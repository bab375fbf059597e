import type { AnswerValue, Condition, ConditionValue } from "./ontology";

/** The shapes that answer a question, as far as conditions look at them. */
export interface MarkedClasses {
  readonly classes: ReadonlySet<string>;
}

/** Where conditions look. */
export interface Answers {
  /** The answer to a question, or undefined where there is none. */
  question(id: string): AnswerValue | MarkedClasses | undefined;
  /** The answer to an attribute of the shape at hand. */
  attribute(id: string): AnswerValue | undefined;
}

/** Whether a question with this condition is asked, given these answers: the server's rule, in Conditions.Hold. */
export function holds(condition: Condition, answers: Answers): boolean {
  if ("all" in condition) return condition.all.every(part => holds(part, answers));
  if ("any" in condition) return condition.any.some(part => holds(part, answers));
  if ("not" in condition) return !holds(condition.not, answers);

  const value = condition.attribute === undefined ? answers.question(condition.question ?? "") : answers.attribute(condition.attribute);
  if ("answered" in condition) return (value !== undefined) === condition.answered;
  if (value === undefined) return false;
  if ("contains" in condition) return has(value, condition.contains);
  const wanted = "equals" in condition ? [condition.equals] : condition.in;
  return wanted.some(one => equals(value, one));
}

function equals(value: AnswerValue | MarkedClasses, wanted: ConditionValue): boolean {
  if (typeof value !== "object") return value === wanted;
  if (typeof wanted !== "string" || !isPath(value)) return false;
  return value.join("/") === wanted;
}

function has(value: AnswerValue | MarkedClasses, wanted: string): boolean {
  if (typeof value !== "object") return false;
  if ("classes" in value) return value.classes.has(wanted);
  return value.some(item => (typeof item === "string" ? item === wanted : item.includes(wanted)));
}

const isPath = (value: AnswerValue | MarkedClasses): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every(step => typeof step === "string");
