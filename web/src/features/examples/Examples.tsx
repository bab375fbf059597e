import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Icon } from "../../components/Icon";
import { Picture } from "../../components/Picture";
import { examples as m } from "../../messages/en/examples";
import { ontologyQuery } from "../project/queries";
import { choicesOf, classesOf, drawableOf } from "../tasks/drawable";
import css from "./Examples.module.css";
import { examplesQuery } from "./queries";
import { type Example, exampleInput } from "./server";

/** A project's examples, one at a time; nothing where there are none. */
export function Examples({ projectId }: { projectId: string }) {
  const items = useQuery(examplesQuery(projectId)).data?.items ?? [];
  const [at, setAt] = useState(0);
  const shown = items[Math.min(at, items.length - 1)];
  if (!shown) return null;
  const step = (by: number) => setAt((at + by + items.length) % items.length);
  return (
    <section className={css.examples} aria-label={m.title}>
      <div className={css.head}>
        <h3>{m.title}</h3>
        {items.length > 1 && (
          <span className={css.steps}>
            <span className="meta">{m.numbered(Math.min(at, items.length - 1) + 1, items.length)}</span>
            <button type="button" aria-label={m.previous} onClick={() => step(-1)}>
              <Icon name="back" size={16} />
            </button>
            <button type="button" aria-label={m.next} onClick={() => step(1)}>
              <Icon name="right" size={16} />
            </button>
          </span>
        )}
      </div>
      <One key={shown.id} projectId={projectId} example={shown} />
    </section>
  );
}

export function One({ projectId, example }: { projectId: string; example: Example }) {
  const ontology = useQuery(ontologyQuery(projectId, example.ontology_version)).data?.ontology;
  const shapes = drawableOf(example.answers, classesOf(ontology));
  const choices = choicesOf(example.answers, ontology);
  return (
    <div className={css.one}>
      {example.input && (
        <Picture
          asset={null}
          source={exampleInput(example.id)}
          name={example.caption}
          width={example.input.width}
          height={example.input.height}
          shapes={shapes}
        />
      )}
      <p dir="auto">{example.caption}</p>
      {(shapes.length > 0 || choices.length > 0) && (
        <ul className={css.said}>
          {[...new Map(shapes.map(shape => [shape.className, shape.colour]))].map(([name, colour]) => (
            <li key={name}>
              <span className={css.dot} style={{ background: colour }} />
              {name}
            </li>
          ))}
          {choices.map(choice => (
            <li key={choice.question} dir="auto">
              {choice.question}: {choice.answer}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
