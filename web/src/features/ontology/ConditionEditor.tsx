import { Select } from "@mantine/core";
import { isRecord } from "../../api/client";
import { ontology as m } from "../../messages/en/ontology";
import css from "./ConditionEditor.module.css";
import { idsOf } from "./OntologyEditor";
import type { TextModel } from "./useTextModel";
import type { Path } from "./yamlText";

type Value = Record<string, unknown>;

/** When a question is asked: always, or after one answer to an earlier one. Anything richer is written in the text and shown here as such. */
export function ConditionEditor(props: {
  model: TextModel;
  path: Path;
  condition: unknown;
  before: readonly Value[];
  member: "question" | "attribute";
}) {
  const { model, path, condition, before, member } = props;
  if (before.length === 0 && condition === undefined) return null;
  const simple = condition === undefined || isSimple(condition, member);
  if (!simple) return <p className="meta">{m.conditionInYaml}</p>;
  const at = isRecord(condition) ? String(condition[member]) : null;
  const looked = before.find(each => each.id === at);
  const answers = looked ? answersOf(looked) : [];
  const value = isRecord(condition)
    ? (condition.equals ?? condition.contains ?? (condition.answered === true ? answeredWord : null))
    : null;
  const set = (question: string | null, answer: string | null) => {
    if (!question) return model.set(path, undefined);
    const of = before.find(each => each.id === question);
    const among = of ? answersOf(of) : [];
    const chosen = answer ?? among[0]?.value ?? answeredWord;
    if (chosen === answeredWord) return model.set(path, { [member]: question, answered: true });
    const known = among.find(each => each.value === chosen);
    const contains = of?.kind === "shapes" || of?.multiple === true;
    model.set(path, { [member]: question, [contains ? "contains" : "equals"]: known?.raw ?? chosen });
  };
  return (
    <div className={css.condition}>
      <Select
        label={m.askedWhen}
        placeholder={m.always}
        clearable
        value={at}
        onChange={question => set(question, null)}
        data={before
          .filter(each => typeof each.id === "string")
          .map(each => ({ value: String(each.id), label: String(each.title ?? each.id) }))}
        error={model.at(path)}
      />
      {at !== null && (
        <Select
          label={m.isAnswered}
          value={value === null ? null : String(value)}
          onChange={answer => set(at, answer)}
          data={[...answers, { value: answeredWord, label: m.anything }]}
          allowDeselect={false}
        />
      )}
    </div>
  );
}

const answeredWord = "\u0000answered";

function isSimple(condition: unknown, member: string): boolean {
  if (!isRecord(condition) || typeof condition[member] !== "string") return false;
  const others = Object.keys(condition).filter(key => key !== member);
  return others.length === 1 && ["equals", "contains", "answered"].includes(others[0] ?? "") && condition.answered !== false;
}

function answersOf(question: Value): { value: string; label: string; raw: unknown }[] {
  switch (question.kind) {
    case "boolean":
      return [
        { value: "true", label: m.yes, raw: true },
        { value: "false", label: m.no, raw: false },
      ];
    case "choice":
      return named(question.options);
    case "shapes":
      return named(question.classes);
    default:
      return [];
  }
}

function named(list: unknown): { value: string; label: string; raw: unknown }[] {
  if (!Array.isArray(list)) return [];
  const ids = idsOf(list);
  return list.map((each, i) => ({
    value: ids[i] ?? "",
    label: isRecord(each) ? String(each.title ?? each.id) : String(each),
    raw: ids[i],
  }));
}
