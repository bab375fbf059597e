import { useState } from "react";
import { holds } from "../../engine/ontology/conditions";
import {
  type AnswerValue,
  type ChoiceOption,
  type Ontology,
  type ScalarQuestion,
  type ShapeClass,
  titleOf,
} from "../../engine/ontology/ontology";
import { ontology as m } from "../../messages/en/ontology";
import css from "./OntologyPreview.module.css";

type Given = Record<string, AnswerValue | undefined>;

/** What a contributor will meet: classes with their colours and keys, attributes that follow their conditions. One can try it. */
export function OntologyPreview({ ontology }: { ontology: Ontology }) {
  const [given, setGiven] = useState<Given>({});
  const [chosen, setChosen] = useState<{ question: string; id: string } | null>(null);
  const [attributes, setAttributes] = useState<Record<string, Given>>({});
  const classOf = (question: string, id: string) => {
    const found = ontology.questions.find(each => each.id === question);
    return found?.kind === "shapes" ? found.classes.find(each => each.id === id) : undefined;
  };
  const answerTo = (id: string) => {
    const question = ontology.questions.find(each => each.id === id);
    if (question?.kind === "shapes") return chosen?.question === id ? { classes: new Set([chosen.id]) } : undefined;
    return given[id];
  };
  const shapeClass = chosen && classOf(chosen.question, chosen.id);
  const ofClass = attributes[shapeClass?.id ?? ""] ?? {};
  return (
    <div className={css.preview}>
      {ontology.questions
        .filter(question => !question.when || holds(question.when, { question: answerTo, attribute: () => undefined }))
        .map(question =>
          question.kind === "shapes" ? (
            <section key={question.id} aria-label={titleOf(question)}>
              <Title question={question} />
              <ul className={css.classes}>
                {question.classes.map(each => (
                  <li key={each.id}>
                    <button
                      type="button"
                      aria-pressed={chosen?.id === each.id && chosen.question === question.id}
                      onClick={() => setChosen({ question: question.id, id: each.id })}
                    >
                      <span className={css.dot} style={{ background: each.colour }} />
                      <span className={css.name}>{titleOf(each)}</span>
                      {each.hotkey && <kbd>{each.hotkey}</kbd>}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ) : (
            <Ask
              key={question.id}
              question={question}
              value={given[question.id]}
              onChange={value => setGiven({ ...given, [question.id]: value })}
            />
          ),
        )}
      {shapeClass && (
        <Attributes
          shapeClass={shapeClass}
          given={ofClass}
          answerTo={answerTo}
          onChange={next => setAttributes({ ...attributes, [shapeClass.id]: next })}
        />
      )}
    </div>
  );
}

function Attributes(props: {
  shapeClass: ShapeClass;
  given: Given;
  answerTo: (id: string) => AnswerValue | { classes: ReadonlySet<string> } | undefined;
  onChange: (given: Given) => void;
}) {
  const { shapeClass, given, answerTo, onChange } = props;
  const asked = (shapeClass.attributes ?? []).filter(
    each => !each.when || holds(each.when, { question: answerTo, attribute: id => given[id] }),
  );
  return (
    <section className={css.attributes} aria-label={m.attributesOf(titleOf(shapeClass))}>
      <h3>{m.attributesOf(titleOf(shapeClass))}</h3>
      {shapeClass.help && <p className="meta">{shapeClass.help}</p>}
      {asked.length === 0 && <p className="meta">{m.noAttributes}</p>}
      {asked.map(each => (
        <Ask key={each.id} question={each} value={given[each.id]} onChange={value => onChange({ ...given, [each.id]: value })} />
      ))}
    </section>
  );
}

function Title({ question }: { question: { id: string; title?: string; help?: string; required?: boolean } }) {
  return (
    <div>
      <h3>
        {titleOf(question)} {question.required && <span className={css.required}>{m.needed}</span>}
      </h3>
      {question.help && <p className="meta">{question.help}</p>}
    </div>
  );
}

function Ask({
  question,
  value,
  onChange,
}: {
  question: ScalarQuestion;
  value: AnswerValue | undefined;
  onChange: (value: AnswerValue | undefined) => void;
}) {
  return (
    <section className={css.ask} aria-label={titleOf(question)}>
      <Title question={question} />
      <Control question={question} value={value} onChange={onChange} />
    </section>
  );
}

function Control({
  question,
  value,
  onChange,
}: {
  question: ScalarQuestion;
  value: AnswerValue | undefined;
  onChange: (value: AnswerValue | undefined) => void;
}) {
  switch (question.kind) {
    case "boolean":
      return (
        <Chips
          options={[
            { id: "true", title: m.yes },
            { id: "false", title: m.no },
          ]}
          chosen={value === undefined ? [] : [String(value)]}
          onToggle={id => onChange(value === (id === "true") ? undefined : id === "true")}
        />
      );
    case "choice": {
      const chosen = Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
      const toggle = (id: string) => {
        if (!question.multiple) return onChange(chosen.includes(id) ? undefined : id);
        const next = chosen.includes(id) ? chosen.filter(each => each !== id) : [...chosen, id];
        onChange(next.length === 0 ? undefined : next);
      };
      return <Chips options={question.options} chosen={chosen} onToggle={toggle} />;
    }
    case "rating":
      return (
        <Chips
          options={Array.from({ length: Math.min(question.max - question.min + 1, 21) }, (_, i) => {
            const at = question.min + i;
            const label = question.labels?.find(each => each.value === at)?.title;
            return { id: String(at), title: label ? m.rated(at, label) : String(at) };
          })}
          chosen={value === undefined ? [] : [String(value)]}
          onToggle={id => onChange(value === Number(id) ? undefined : Number(id))}
        />
      );
    case "text":
      return question.multiline ? (
        <textarea
          className={css.input}
          rows={2}
          aria-label={titleOf(question)}
          value={String(value ?? "")}
          onChange={event => onChange(event.currentTarget.value || undefined)}
        />
      ) : (
        <input
          className={css.input}
          aria-label={titleOf(question)}
          value={String(value ?? "")}
          onChange={event => onChange(event.currentTarget.value || undefined)}
        />
      );
    case "number":
      return (
        <span className={css.number}>
          <input
            className={css.input}
            type="number"
            aria-label={titleOf(question)}
            min={question.min}
            max={question.max}
            step={question.step ?? (question.integer ? 1 : "any")}
            value={typeof value === "number" ? value : ""}
            onChange={event => onChange(event.currentTarget.value === "" ? undefined : Number(event.currentTarget.value))}
          />
          {question.unit}
        </span>
      );
  }
}

function Chips({
  options,
  chosen,
  onToggle,
}: {
  options: readonly ChoiceOption[];
  chosen: readonly string[];
  onToggle: (id: string) => void;
}) {
  return (
    <div className={css.chips}>
      {options.map(option => (
        <button key={option.id} type="button" aria-pressed={chosen.includes(option.id)} onClick={() => onToggle(option.id)}>
          {titleOf(option)}
          {option.hotkey && <kbd>{option.hotkey}</kbd>}
        </button>
      ))}
    </div>
  );
}
