import type { JsonValue } from "../json";
import { isList, isNumber } from "../json";
import type { AnswerValue, ChoiceOption, ChoiceQuestion, ScalarQuestion } from "./ontology";

/** Why a value does not answer a question; null where it does. */
export type ValueFault =
  | { readonly code: "wrong_type" | "unknown_option" | "not_a_leaf" | "line_break" | "pattern" | "not_whole" | "off_step" }
  | { readonly code: "selected_below" | "selected_above" | "text_below" | "text_above" | "below" | "above"; readonly limit: number };

const MAX_TEXT = 100_000;

const MAX_SELECTED = 1_000;

/**
 * A value as the server stores it: several options in the ontology's order, each once. Null where it is no value for this question
 * at all; what is only incomplete (a text too short, too few options) is kept and told by {@link faultOf}.
 */
export function canonicalValue(question: ScalarQuestion, value: JsonValue | undefined): AnswerValue | null {
  switch (question.kind) {
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "rating":
      return isNumber(value) && Number.isInteger(value) && value >= question.min && value <= question.max ? value + 0 : null;
    case "number":
      return isNumber(value) ? value + 0 : null;
    case "text":
      return typeof value === "string" && isWellFormed(value) ? value : null;
    case "choice":
      return canonicalChoice(question, value);
  }
}

/** What the server would refuse of a canonical value. */
export function faultOf(question: ScalarQuestion, value: AnswerValue): ValueFault | null {
  switch (question.kind) {
    case "choice":
      return choiceFault(question, value);
    case "text":
      return typeof value === "string" ? textFault(question, value) : { code: "wrong_type" };
    case "number":
      return typeof value === "number" ? numberFault(question, value) : { code: "wrong_type" };
    case "boolean":
    case "rating":
      return null;
  }
}

function canonicalChoice(question: ChoiceQuestion, value: JsonValue | undefined): AnswerValue | null {
  if (!question.multiple) return question.taxonomy ? pathOf(question, value) : optionOf(question, value);
  if (!isList(value)) return null;
  const places = new Map<string, { place: number; chosen: string | readonly string[] }>();
  for (const item of value) {
    const chosen = question.taxonomy ? pathOf(question, item) : optionOf(question, item);
    if (chosen === null) return null;
    places.set(typeof chosen === "string" ? chosen : chosen.join("/"), { place: placeOf(question, chosen), chosen });
  }
  const ordered = [...places.values()].sort((a, b) => a.place - b.place).map(entry => entry.chosen);
  return ordered as readonly string[] | readonly (readonly string[])[];
}

const optionOf = (question: ChoiceQuestion, value: JsonValue | undefined): string | null =>
  typeof value === "string" && question.options.some(option => option.id === value) ? value : null;

function pathOf(question: ChoiceQuestion, value: JsonValue | undefined): readonly string[] | null {
  if (!isList(value) || value.length === 0) return null;
  let options: readonly ChoiceOption[] = question.options;
  const path: string[] = [];
  for (const step of value) {
    const option = options.find(candidate => candidate.id === step);
    if (!option) return null;
    path.push(option.id);
    options = option.children ?? [];
  }
  return path;
}

/** The position of an option as the tree is written, counted from the top. */
function placeOf(question: ChoiceQuestion, chosen: string | readonly string[]): number {
  let options: readonly ChoiceOption[] = question.options;
  let place = -1;
  for (const step of typeof chosen === "string" ? [chosen] : chosen) {
    const index = options.findIndex(option => option.id === step);
    place += 1 + options.slice(0, index).reduce((sum, option) => sum + treeSize(option), 0);
    options = options[index]?.children ?? [];
  }
  return place;
}

const treeSize = (option: ChoiceOption): number => 1 + (option.children ?? []).reduce((sum, child) => sum + treeSize(child), 0);

function choiceFault(question: ChoiceQuestion, value: AnswerValue): ValueFault | null {
  if (question.multiple) {
    if (!Array.isArray(value)) return { code: "wrong_type" };
    const least = question.min_selected ?? (question.required ? 1 : 0);
    const most = Math.min(question.max_selected ?? Infinity, MAX_SELECTED);
    if (value.length < least) return { code: "selected_below", limit: least };
    if (value.length > most) return { code: "selected_above", limit: most };
  }
  if (!question.taxonomy || !question.leaves_only) return null;
  const paths = (question.multiple ? value : [value]) as readonly (readonly string[])[];
  return paths.every(path => endsAtLeaf(question, path)) ? null : { code: "not_a_leaf" };
}

function endsAtLeaf(question: ChoiceQuestion, path: readonly string[]): boolean {
  let options: readonly ChoiceOption[] = question.options;
  for (const step of path) options = options.find(option => option.id === step)?.children ?? [];
  return options.length === 0;
}

function textFault(question: ScalarQuestion & { kind: "text" }, value: string): ValueFault | null {
  const length = [...value].length;
  const least = question.min_length ?? (question.required ? 1 : 0);
  const most = question.max_length ?? MAX_TEXT;
  if (length < least) return { code: "text_below", limit: least };
  if (length > most) return { code: "text_above", limit: most };
  if (!question.multiline && /[\r\n]/.test(value)) return { code: "line_break" };
  return question.pattern !== undefined && matches(question.pattern, value) === false ? { code: "pattern" } : null;
}

/** Undefined where the pattern is one that only the server can read; then it alone decides. */
function matches(pattern: string, value: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function numberFault(question: ScalarQuestion & { kind: "number" }, value: number): ValueFault | null {
  if (question.integer && !Number.isInteger(value)) return { code: "not_whole" };
  if (question.min !== undefined && value < question.min) return { code: "below", limit: question.min };
  if (question.max !== undefined && value > question.max) return { code: "above", limit: question.max };
  if (question.step === undefined) return null;
  const steps = (value - (question.min ?? 0)) / question.step;
  return Math.abs(steps - Math.round(steps)) <= 1e-9 * Math.max(1, Math.abs(steps)) ? null : { code: "off_step" };
}

/** Text as the server takes it: no lone surrogates, no U+0000. */
function isWellFormed(text: string): boolean {
  if (text.includes("\0")) return false;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) return false;
  }
  return true;
}
