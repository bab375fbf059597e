import { type ReactNode, useState } from "react";
import { count } from "../../components/format";
import { Problem } from "../../components/Problem";
import { State } from "../../components/State";
import { ontology as m } from "../../messages/en/ontology";
import { OntologyEditor } from "./OntologyEditor";
import { OntologyPreview } from "./OntologyPreview";
import css from "./OntologyWorkplace.module.css";
import type { TextModel } from "./useTextModel";
import { YamlEditor } from "./YamlEditor";
import type { Path } from "./yamlText";

/** Forms at the left; beside them the text, or what a contributor will meet. On a phone one at a time. */
export function OntologyWorkplace({
  model,
  path,
  isNew,
  isBlank = false,
  before,
}: {
  model: TextModel;
  path: Path;
  isNew: boolean;
  isBlank?: boolean;
  before?: ReactNode;
}) {
  const [side, setSide] = useState<"form" | "preview" | "text">(() => (matchMedia("(max-width: 1000px)").matches ? "form" : "preview"));
  return (
    <div className={css.workplace} data-side={side}>
      <div className={css.bar}>
        <fieldset className={css.tabs} aria-label={m.views}>
          <button type="button" className={css.formTab} aria-pressed={side === "form"} onClick={() => setSide("form")}>
            {m.form}
          </button>
          <button type="button" aria-pressed={side === "preview"} onClick={() => setSide("preview")}>
            {m.preview}
          </button>
          <button type="button" aria-pressed={side === "text"} onClick={() => setSide("text")}>
            {m.text}
          </button>
        </fieldset>
        <span role="status">
          {isBlank ? (
            <State tone="plain">{m.blank}</State>
          ) : model.faults.length > 0 ? (
            <State tone="wrong" icon="warning">
              {m.wrong(count(model.faults.length))}
            </State>
          ) : model.isGood ? (
            <State tone="good" icon="check">
              {m.good}
            </State>
          ) : (
            <State tone="plain" icon="wait">
              {m.checking}
            </State>
          )}
        </span>
      </div>
      <Problem problem={model.failure} />
      <div className={css.form}>
        {model.value === null ? (
          <p className={css.unreadable}>{m.unreadable}</p>
        ) : (
          <>
            {before}
            <OntologyEditor model={model} path={path} isNew={isNew} />
          </>
        )}
      </div>
      <div className={css.side}>
        {side === "text" ? (
          <YamlEditor
            text={model.text}
            onChange={model.setText}
            label={m.text}
            faults={model.faults.map(fault => ({ line: fault.line, text: fault.pointer ? `${fault.pointer}: ${fault.text}` : fault.text }))}
          />
        ) : model.resolved ? (
          <div className={css.preview}>
            <OntologyPreview ontology={model.resolved} />
          </div>
        ) : (
          <p className="soft">{m.noPreview}</p>
        )}
      </div>
    </div>
  );
}
