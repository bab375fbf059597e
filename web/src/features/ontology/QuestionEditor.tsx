import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/NumberInput.css";
import "@mantine/core/styles/ScrollArea.css";
import { useState } from "react";
import { isRecord } from "../../api/client";
import { Icon } from "../../components/Icon";
import { ontology as m } from "../../messages/en/ontology";
import { ClassesEditor } from "./ClassesEditor";
import { ConditionEditor } from "./ConditionEditor";
import { freeId, idsOf, NameFields, type Place, PlaceButtons, type QuestionKindName, questionKinds } from "./OntologyEditor";
import css from "./QuestionEditor.module.css";
import type { TextModel } from "./useTextModel";
import type { Path } from "./yamlText";

type Value = Record<string, unknown>;

/** One question, or one attribute of a class. */
export function QuestionEditor(props: {
  model: TextModel;
  path: Path;
  question: Value;
  place: Place;
  /** Those that stand before it: what its condition may look at. */
  before: readonly Value[];
  isNew: boolean;
  isAttribute?: boolean;
}) {
  const { model, path, question, place, before, isNew, isAttribute = false } = props;
  const [open, setOpen] = useState(!isAttribute);
  const kind = questionKinds.find(each => each === question.kind);
  const name = String(question.title ?? question.id ?? m.untitled);
  const flag = (key: string, label: string, help?: string) => (
    <Checkbox
      label={label}
      description={help}
      checked={question[key] === true}
      onChange={event => model.set([...path, key], event.currentTarget.checked ? true : undefined)}
    />
  );
  return (
    <section className={isAttribute ? css.attribute : css.question} aria-label={name}>
      <div className={css.head}>
        <NameFields model={model} path={path} value={question} siblings={idsOf(siblingsOf(model, place))} isNew={isNew} label={name} />
        <KindSelect model={model} path={path} question={question} isAttribute={isAttribute} />
        <PlaceButtons model={model} place={place} name={name} />
      </div>
      {model.at(path) && <p className={css.fault}>{model.at(path)}</p>}
      {kind && (
        <div className={css.body}>
          {kind === "shapes" && <ClassesEditor model={model} path={path} question={question} isNew={isNew} />}
          {kind === "choice" && <OptionsEditor model={model} path={path} question={question} isNew={isNew} />}
          {(kind === "rating" || kind === "number" || kind === "text") && (
            <Bounds model={model} path={path} question={question} kind={kind} />
          )}
          <div className={css.flags}>
            {flag("required", m.required)}
            {kind === "choice" && flag("multiple", m.multiple)}
            {kind === "text" && flag("multiline", m.multiline)}
            {kind === "number" && flag("integer", m.integer)}
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => setOpen(!open)}
              aria-expanded={open}
              rightSection={<Icon name={open ? "up" : "down"} size={12} />}
            >
              {m.more}
            </Button>
          </div>
          {open && (
            <>
              <Textarea
                label={m.help}
                autosize
                minRows={1}
                maxRows={6}
                value={typeof question.help === "string" ? question.help : ""}
                onChange={event => model.set([...path, "help"], event.currentTarget.value || undefined)}
                error={model.at([...path, "help"])}
              />
              <ConditionEditor
                model={model}
                path={[...path, "when"]}
                condition={question.when}
                before={before}
                member={isAttribute ? "attribute" : "question"}
              />
            </>
          )}
        </div>
      )}
    </section>
  );
}

function siblingsOf(model: TextModel, place: Place): unknown {
  return place.list.reduce<unknown>(
    (owner, step) => (isRecord(owner) ? owner[step] : Array.isArray(owner) ? owner[Number(step)] : undefined),
    model.value,
  );
}

function KindSelect({ model, path, question, isAttribute }: { model: TextModel; path: Path; question: Value; isAttribute: boolean }) {
  const change = (kind: QuestionKindName) => {
    // What another kind does not know goes; the rest stays as it was written.
    const kept = ["id", "title", "help", "required", "when", "renamed_from"];
    const next: Value = Object.fromEntries(kept.filter(key => question[key] !== undefined).map(key => [key, question[key]]));
    next.kind = kind;
    if (kind === "choice") next.options = ["yes", "no"];
    if (kind === "shapes") next.classes = [{ id: "thing", geometries: ["box"] }];
    model.set(path, next);
  };
  return (
    <Select
      className={css.kind}
      aria-label={m.kind}
      value={typeof question.kind === "string" ? question.kind : null}
      onChange={value => value && change(value as QuestionKindName)}
      data={questionKinds.filter(kind => !isAttribute || kind !== "shapes").map(value => ({ value, label: m.kinds[value] }))}
      allowDeselect={false}
      error={model.at([...path, "kind"])}
    />
  );
}

function Bounds({ model, path, question, kind }: { model: TextModel; path: Path; question: Value; kind: "rating" | "number" | "text" }) {
  const number = (key: string, label: string) => (
    <NumberInput
      label={label}
      value={typeof question[key] === "number" ? question[key] : ""}
      onChange={value => model.set([...path, key], value === "" ? undefined : Number(value))}
      error={model.at([...path, key])}
    />
  );
  const text = (key: string, label: string) => (
    <TextInput
      label={label}
      value={typeof question[key] === "string" ? question[key] : ""}
      onChange={event => model.set([...path, key], event.currentTarget.value || undefined)}
      error={model.at([...path, key])}
    />
  );
  return (
    <div className={css.bounds}>
      {kind === "text" ? (
        <>
          {number("min_length", m.minLength)}
          {number("max_length", m.maxLength)}
          {text("pattern", m.pattern)}
        </>
      ) : (
        <>
          {number("min", m.min)}
          {number("max", m.max)}
          {kind === "number" && number("step", m.step)}
          {kind === "number" && text("unit", m.unit)}
        </>
      )}
    </div>
  );
}

function OptionsEditor({ model, path, question, isNew }: { model: TextModel; path: Path; question: Value; isNew: boolean }) {
  const list = [...path, "options"];
  const options = Array.isArray(question.options) ? question.options : [];
  if (question.taxonomy === true || options.some(option => isRecord(option) && option.children !== undefined))
    return <p className="meta">{m.taxonomyInYaml}</p>;
  const taken = idsOf(options);
  return (
    <div className={css.options}>
      {options.map((option, i) => {
        const value: Value = isRecord(option) ? option : { id: String(option) };
        const at = [...list, i];
        const name = String(value.title ?? value.id ?? "");
        // A plain word becomes an object as soon as it has more than an id.
        const sub: TextModel = isRecord(option)
          ? model
          : { ...model, set: (to, next) => model.set(at, { ...value, [String(to.at(-1))]: next }) };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place in the text
          <div key={i} className={css.option}>
            <NameFields model={sub} path={at} value={value} siblings={taken} isNew={isNew} label={name} />
            <KeyField model={sub} path={at} value={value} name={name} />
            <PlaceButtons model={model} place={{ list, index: i, count: options.length }} name={name} />
          </div>
        );
      })}
      {model.at(list) && <p className={css.fault}>{model.at(list)}</p>}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => model.append(list, freeId("option", taken))}
        >
          {m.addOption}
        </Button>
      </div>
    </div>
  );
}

/** The key that chooses a class or an option in the workbench. */
export function KeyField({ model, path, value, name }: { model: TextModel; path: Path; value: Value; name: string }) {
  return (
    <TextInput
      className={css.key}
      aria-label={m.hotkeyOf(name)}
      placeholder={m.hotkey}
      title={m.hotkeyHelp}
      value={typeof value.hotkey === "string" ? value.hotkey : ""}
      onChange={event => model.set([...path, "hotkey"], event.currentTarget.value.toLowerCase() || undefined)}
      error={model.at([...path, "hotkey"])}
    />
  );
}
