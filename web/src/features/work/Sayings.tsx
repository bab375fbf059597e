import { Icon } from "../../components/Icon";
import { type ShapeId, titleOf, type WorkbenchEngine } from "../../engine";
import { canvas as c } from "../../messages/en/canvas";
import { workbench as m } from "../../messages/en/workbench";
import { PanelPart } from "../canvas/CanvasFrame";
import { faultLine, type ShownFault } from "../canvas/faults";
import type { PinnedComment } from "./comments";
import { around } from "./PlaceComments";
import css from "./Workbench.module.css";

/** What a reviewer said; a press leads to the place. */
export function CommentList({ engine, comments }: { engine: WorkbenchEngine; comments: readonly PinnedComment[] }) {
  return (
    <PanelPart title={m.comments}>
      <ul className={css.said}>
        {comments.map((comment, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: comments have no other identity
          <li key={i}>
            <Said
              icon="comment"
              text={aboutQuestion(engine, comment)}
              {...(comment.place || comment.at ? { onClick: () => showComment(engine, comment) } : {})}
            />
          </li>
        ))}
      </ul>
    </PanelPart>
  );
}

/** What is wrong or missing; a press leads to the shape. */
export function FaultList({ engine, faults }: { engine: WorkbenchEngine; faults: readonly ShownFault[] }) {
  return (
    <PanelPart title={c.faults(String(faults.length))}>
      <ul className={css.said}>
        {faults.slice(0, 50).map(fault => (
          <li key={`${fault.shape}/${fault.question}/${fault.attribute}/${fault.text}`}>
            <Said
              icon="warning"
              text={faultLine(fault)}
              {...(fault.shape ? { onClick: () => show(engine, fault.shape as ShapeId) } : {})}
            />
          </li>
        ))}
      </ul>
    </PanelPart>
  );
}

/** What is said of a question names it. */
function aboutQuestion(engine: WorkbenchEngine, { text, question }: PinnedComment): string {
  const asked = question === null ? undefined : engine.getState().scene.ontology.question(question);
  return asked && asked.kind !== "shapes" ? c.atQuestion(titleOf(asked), text) : text;
}

function showComment(engine: WorkbenchEngine, { place, at }: PinnedComment): void {
  if (place) show(engine, place);
  else if (at) engine.zoomTo(around(at, engine.getState().scene.image));
}

function Said({ icon, text, onClick }: { icon: "comment" | "warning"; text: string; onClick?: () => void }) {
  const inside = (
    <>
      <Icon name={icon} size={15} />
      <span dir="auto">{text}</span>
    </>
  );
  return onClick ? (
    <button type="button" className={css.saying} data-icon={icon} onClick={onClick}>
      {inside}
    </button>
  ) : (
    <span className={css.saying} data-icon={icon}>
      {inside}
    </span>
  );
}

function show(engine: WorkbenchEngine, shape: ShapeId): void {
  engine.select([shape], { reveal: true });
}
