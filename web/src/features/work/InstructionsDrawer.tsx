import { Markdown } from "../../components/Markdown";
import { workbench as m } from "../../messages/en/workbench";
import { BarButton } from "../canvas/ViewBar";
import { Examples } from "../examples/Examples";
import css from "./Workbench.module.css";

/** What a project asks, beside the picture: its instructions and its examples. */
export function InstructionsDrawer(props: {
  projectId: string;
  text: string | undefined;
  shortcut: string | undefined;
  onClose: () => void;
}) {
  const { projectId, text, shortcut, onClose } = props;
  return (
    <section className={css.drawer} aria-label={m.instructions}>
      <header>
        <h2>{m.instructions}</h2>
        <BarButton icon="cross" label={m.close} shortcut={shortcut} onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div className={css.instructions} tabIndex={0} data-own-keys>
        {text ? <Markdown text={text} /> : <p className="soft">{m.noInstructions}</p>}
        <Examples projectId={projectId} />
      </div>
    </section>
  );
}
