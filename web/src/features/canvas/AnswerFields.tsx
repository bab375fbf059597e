import { useId, useRef, useState } from "react";
import { type AnswerValue, classOf, type ScalarQuestion, type Shape, titleOf, type WorkbenchEngine } from "../../engine";
import { canvas as m } from "../../messages/en/canvas";
import css from "./AnswerFields.module.css";
import { type AnswerTarget, askedAttributes, askedQuestions, isChosen, placedOptions, pressed, selectedShapes, setAnswer } from "./answers";
import { useEngineState } from "./engine";
import { keyText } from "./keys";

/** What is wrong at a question or attribute, by its id. */
export type FieldFaults = ReadonlyMap<string, string>;

/** The questions about the whole picture, as far as they are asked now. */
export function QuestionFields({ engine, faults }: { engine: WorkbenchEngine; faults?: FieldFaults | undefined }) {
  const scene = useEngineState(engine, state => state.scene);
  const readOnly = useEngineState(engine, state => state.readOnly) ?? false;
  if (!scene) return null;
  return (
    <div className={css.fields}>
      {askedQuestions(scene).map(({ question, value }) => (
        <Field
          key={question.id}
          engine={engine}
          question={question}
          value={value}
          target={{ question: question.id }}
          fault={faults?.get(question.id)}
          readOnly={readOnly}
        />
      ))}
    </div>
  );
}

/** The class and attributes of what is selected. */
export function AttributeFields({ engine, faults }: { engine: WorkbenchEngine; faults?: FieldFaults | undefined }) {
  const scene = useEngineState(engine, state => state.scene);
  const readOnly = useEngineState(engine, state => state.readOnly) ?? false;
  if (!scene || scene.selection.length === 0) return null;
  const shapes = selectedShapes(scene);
  const [first] = shapes;
  if (!first) return null;
  const oneClass = shapes.every(shape => shape.class === first.class && shape.question === first.question);
  const asked = oneClass ? askedAttributes(scene, shapes) : [];
  const isReadOnly = readOnly || shapes.every(shape => shape.locked);
  const ids = shapes.map(shape => shape.id);
  return (
    <div className={css.fields}>
      {shapes.length > 1 && <p className="meta">{m.selected(String(shapes.length))}</p>}
      <ClassField engine={engine} shapes={shapes} readOnly={isReadOnly} />
      {!oneClass && <p className="meta">{m.several}</p>}
      {oneClass && (classOf(scene, first)?.attributes ?? []).length === 0 && <p className="meta">{m.nothingAsked}</p>}
      {asked.map(({ question, value }) => (
        <Field
          key={`${ids.join()}/${question.id}`}
          engine={engine}
          question={question}
          value={value}
          target={{ shapes: ids, attribute: question.id }}
          fault={faults?.get(question.id)}
          readOnly={isReadOnly}
        />
      ))}
    </div>
  );
}

function ClassField({ engine, shapes, readOnly }: { engine: WorkbenchEngine; shapes: readonly Shape[]; readOnly: boolean }) {
  const id = useId();
  const ontology = useEngineState(engine, state => state.scene.ontology);
  const [first] = shapes;
  const question = first && ontology?.shapes.find(each => each.id === first.question);
  if (!first || !question || shapes.some(shape => shape.question !== question.id)) return null;
  const possible = question.classes.filter(each => shapes.every(shape => each.geometries.includes(shape.geometry.kind)));
  const shared = shapes.every(shape => shape.class === first.class) ? first.class : "";
  return (
    <div className={css.field} data-row>
      <label htmlFor={id} className={css.title}>
        {m.class}
      </label>
      <select
        id={id}
        className={css.input}
        value={shared}
        disabled={readOnly}
        onChange={event => engine.dispatch({ kind: "setClass", shapes: shapes.map(shape => shape.id), class: event.currentTarget.value })}
      >
        {shared === "" && <option value="" />}
        {possible.map(each => (
          <option key={each.id} value={each.id}>
            {titleOf(each)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FieldProps {
  engine: WorkbenchEngine;
  question: ScalarQuestion;
  value: AnswerValue | undefined;
  target: AnswerTarget;
  fault: string | undefined;
  readOnly: boolean;
}

function Field(props: FieldProps) {
  const { question, fault } = props;
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with the rest
    <div className={css.field} role="group" aria-labelledby={id} data-fault={fault !== undefined}>
      <div className={css.title} id={id} dir="auto">
        {titleOf(question)} {question.required && <span className={css.required}>{m.required}</span>}
      </div>
      {question.help && (
        <p className="meta" dir="auto">
          {question.help}
        </p>
      )}
      <Control {...props} labelledBy={id} />
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function Control({ engine, question, value, target, readOnly, labelledBy }: FieldProps & { labelledBy: string }) {
  const set = (next: AnswerValue | null, gesture?: string) => setAnswer(engine, target, next, gesture);
  switch (question.kind) {
    case "boolean":
      return (
        <Chips
          readOnly={readOnly}
          options={[
            { id: "yes", title: m.yes, chosen: value === true, press: () => set(value === true ? null : true) },
            { id: "no", title: m.no, chosen: value === false, press: () => set(value === false ? null : false) },
          ]}
        />
      );
    case "rating":
      return (
        <Chips
          readOnly={readOnly}
          options={Array.from({ length: question.max - question.min + 1 }, (_, i) => {
            const step = question.min + i;
            const label = question.labels?.find(each => each.value === step)?.title;
            return {
              id: String(step),
              title: label ? m.rated(step, label) : String(step),
              chosen: value === step,
              press: () => set(value === step ? null : step),
            };
          })}
        />
      );
    case "choice":
      return (
        <Chips
          readOnly={readOnly}
          options={placedOptions(question.options).map(({ option, path }) => ({
            id: path.join("/"),
            title: titleOf(option),
            help: option.help,
            hotkey: option.hotkey,
            colour: option.colour,
            level: question.taxonomy ? path.length - 1 : 0,
            chosen: isChosen(question, value, path),
            press: () => set(pressed(question, value, path)),
          }))}
        />
      );
    case "text":
      return <TextField question={question} value={value} readOnly={readOnly} labelledBy={labelledBy} set={set} />;
    case "number":
      return <NumberField question={question} value={value} readOnly={readOnly} labelledBy={labelledBy} set={set} />;
  }
}

interface Chip {
  id: string;
  title: string;
  chosen: boolean;
  press: () => void;
  help?: string | undefined;
  hotkey?: string | undefined;
  colour?: string | undefined;
  level?: number;
}

function Chips({ options, readOnly }: { options: readonly Chip[]; readOnly: boolean }) {
  const isTree = options.some(option => (option.level ?? 0) > 0);
  return (
    <div className={isTree ? css.tree : css.chips}>
      {options.map(option => (
        <button
          key={option.id}
          type="button"
          className={css.chip}
          style={isTree ? { marginLeft: (option.level ?? 0) * 16 } : undefined}
          aria-pressed={option.chosen}
          disabled={readOnly}
          title={option.help}
          onClick={option.press}
          dir="auto"
        >
          {option.colour && <span className={css.dot} style={{ background: option.colour }} />}
          {option.title}
          {option.hotkey && <kbd>{keyText(option.hotkey)}</kbd>}
        </button>
      ))}
    </div>
  );
}

interface TypedProps<Q> {
  question: Q;
  value: AnswerValue | undefined;
  readOnly: boolean;
  labelledBy: string;
  set: (value: AnswerValue | null, gesture?: string) => void;
}

let typings = 0;

/** What is typed between coming to a field and leaving it is one step of undo. */
function useTyping() {
  const gesture = useRef("");
  return {
    onFocus: () => {
      gesture.current = `typing-${Date.now().toString(36)}-${++typings}`;
    },
    gesture,
  };
}

function TextField({ question, value, readOnly, labelledBy, set }: TypedProps<ScalarQuestion & { kind: "text" }>) {
  const { onFocus, gesture } = useTyping();
  const shared = {
    className: css.input,
    "aria-labelledby": labelledBy,
    dir: "auto",
    value: typeof value === "string" ? value : "",
    readOnly,
    onFocus,
    onChange: (event: { currentTarget: { value: string } }) => set(event.currentTarget.value || null, gesture.current),
  };
  return question.multiline ? <textarea rows={3} {...shared} /> : <input type="text" {...shared} />;
}

function NumberField({ question, value, readOnly, labelledBy, set }: TypedProps<ScalarQuestion & { kind: "number" }>) {
  const { onFocus, gesture } = useTyping();
  // What is half typed, such as "-" or "1.", is no number yet.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className={css.number}>
      <input
        type="text"
        inputMode="decimal"
        className={css.input}
        aria-labelledby={labelledBy}
        readOnly={readOnly}
        value={typed ?? (typeof value === "number" ? String(value) : "")}
        onFocus={onFocus}
        onBlur={() => setTyped(null)}
        onChange={event => {
          const text = event.currentTarget.value;
          const number = Number(text.replace(",", "."));
          setTyped(text);
          if (text.trim() === "") set(null, gesture.current);
          else if (Number.isFinite(number)) set(number, gesture.current);
        }}
      />
      {question.unit}
    </span>
  );
}
