import { useState } from "react";
import { titleOf, type WorkbenchEngine } from "../../engine";
import { canvas as m } from "../../messages/en/canvas";
import { takeClass } from "./answers";
import css from "./ClassPalette.module.css";
import { useEngineState } from "./engine";
import { keyText } from "./keys";

/** With more classes than this a field finds them by name. */
const FEW = 16;

/** The classes with their colours and keys; the one that is drawn next is marked. */
export function ClassPalette({ engine }: { engine: WorkbenchEngine }) {
  const ontology = useEngineState(engine, state => state.scene.ontology);
  const active = useEngineState(engine, state => state.activeClass);
  const [search, setSearch] = useState("");
  const all = ontology?.shapes.flatMap(question => question.classes.map(shapeClass => ({ question, shapeClass }))) ?? [];
  const found = all.filter(({ shapeClass }) => titleOf(shapeClass).toLowerCase().includes(search.trim().toLowerCase()));
  const shown = all.length > FEW ? found : all;
  const severalQuestions = (ontology?.shapes.length ?? 0) > 1;
  return (
    <div className={css.palette}>
      {all.length > FEW && (
        <input
          type="search"
          className={css.search}
          aria-label={m.findClass}
          placeholder={m.findClass}
          value={search}
          onChange={event => setSearch(event.currentTarget.value)}
          onKeyDown={event => {
            const [first] = shown;
            if (event.key !== "Enter" || !first) return;
            takeClass(engine, first.question.id, first.shapeClass.id);
            engine.focus();
          }}
        />
      )}
      {shown.length === 0 && <p className="meta">{m.noClass}</p>}
      <ul className={css.classes} title={m.chooseClass}>
        {shown.map(({ question, shapeClass }, i) => (
          <li key={`${question.id}/${shapeClass.id}`}>
            {severalQuestions && shown[i - 1]?.question !== question && <span className={css.question}>{titleOf(question)}</span>}
            <button
              type="button"
              aria-pressed={active?.question === question.id && active.class === shapeClass.id}
              title={shapeClass.help}
              onClick={() => {
                takeClass(engine, question.id, shapeClass.id);
                engine.focus();
              }}
            >
              <span className={css.dot} style={{ background: shapeClass.colour }} />
              <span className={css.name} dir="auto">
                {titleOf(shapeClass)}
              </span>
              {shapeClass.hotkey && <kbd>{keyText(shapeClass.hotkey)}</kbd>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
