import type { ReactNode } from "react";
import { Dialog } from "../../components/Dialog";
import { ENGINE_KEYS, type EngineKey, type Ontology, type ToolId, titleOf } from "../../engine";
import { canvas as m } from "../../messages/en/canvas";
import { placedOptions } from "./answers";
import css from "./HelpSheet.module.css";
import { keyText } from "./keys";
import { OBJECT_HELP, OBJECTS_HELP } from "./objectKeys";

export interface HelpKey {
  readonly keys: readonly string[];
  readonly says: string;
}

/** All keys there are: the page's own, those of the ontology, the tools' and the canvas's. */
export function HelpSheet(props: {
  open: boolean;
  onClose: () => void;
  page: readonly HelpKey[];
  ontology: Ontology | null;
  tools: Partial<Record<ToolId, string>>;
}) {
  const { open, onClose, page, ontology, tools } = props;
  const ofTools = Object.entries(tools).map(([id, key]) => ({ keys: [key], says: m.tool[id as ToolId] }));
  const ofEngine = (when: EngineKey["when"]) =>
    ENGINE_KEYS.filter(each => each.when === when).map(({ id, keys }) => ({ keys, says: m.key[id] }));
  return (
    <Dialog open={open} onClose={onClose} title={m.help} width={980}>
      <div className={css.sheet}>
        <Part title={m.helpPage} rows={page} />
        <Part title={m.helpClasses} rows={ontology ? rowsOf(ontology) : []} />
        <Part title={m.helpTools} rows={ofTools} />
        <Part title={m.helpAlways} rows={[...ofEngine("always"), ...OBJECTS_HELP]} />
        <Part title={m.helpSelected} rows={[...ofEngine("selected"), ...OBJECT_HELP]} />
        <Part title={m.helpDrawing} rows={ofEngine("drawing")} />
        <section>
          <h3>{m.helpMouse}</h3>
          <dl>
            {m.mouse.map(([keys, says]) => (
              <Row key={keys} says={says}>
                {keys}
              </Row>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Part({ title, rows }: { title: string; rows: readonly HelpKey[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(row => (
          <Row key={row.keys.join() + row.says} says={row.says}>
            {row.keys.map(key => (
              <kbd key={key}>{keyText(key)}</kbd>
            ))}
          </Row>
        ))}
      </dl>
    </section>
  );
}

function Row({ children, says }: { children: ReactNode; says: string }) {
  return (
    <div className={css.row}>
      <dt>{children}</dt>
      <dd dir="auto">{says}</dd>
    </div>
  );
}

function rowsOf(ontology: Ontology): HelpKey[] {
  const rows: HelpKey[] = [];
  const add = (key: string | undefined, says: string) => {
    if (key !== undefined) rows.push({ keys: [key], says });
  };
  for (const question of ontology.questions) {
    if (question.kind === "choice")
      for (const { option } of placedOptions(question.options)) add(option.hotkey, m.atQuestion(titleOf(question), titleOf(option)));
    if (question.kind !== "shapes") continue;
    for (const shapeClass of question.classes) {
      add(shapeClass.hotkey, titleOf(shapeClass));
      for (const attribute of shapeClass.attributes ?? [])
        if (attribute.kind === "choice")
          for (const { option } of placedOptions(attribute.options))
            add(option.hotkey, m.atQuestion(`${titleOf(shapeClass)}, ${titleOf(attribute)}`, titleOf(option)));
    }
  }
  return rows;
}
