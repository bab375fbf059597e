import { useEffect, useRef } from "react";
import { percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Markdown } from "../../components/Markdown";
import { training as m } from "../../messages/en/training";
import { PanelPart } from "../canvas/CanvasFrame";
import { keyText } from "../canvas/keys";
import type { TrainingFeedback } from "./server";
import css from "./TrainingPage.module.css";

/** How right it was, why, and where it differs from what is known: stepped through, one after the other. */
export function FeedbackPanel(props: {
  feedback: TrainingFeedback;
  at: number | null;
  onGo: (at: number) => void;
  onStep: (by: 1 | -1) => void;
  isOwnShown: boolean;
  isKnownShown: boolean;
  onOwn: () => void;
  onKnown: () => void;
}) {
  const { feedback, at, onGo, onStep, isOwnShown, isKnownShown, onOwn, onKnown } = props;
  const { differences } = feedback;
  return (
    <>
      <PanelPart title={m.feedback}>
        <p className={css.score} role="status">
          <strong>{percent(feedback.score, 0)}</strong> {m.right}
        </p>
        <div className={css.layers} role="toolbar" aria-label={m.layers}>
          <button type="button" aria-pressed={isOwnShown} title={`${m.showYours}  ${keyText("y")}`} onClick={onOwn}>
            <span className={css.own} /> {m.yours}
          </button>
          <button type="button" aria-pressed={isKnownShown} title={`${m.showKnown}  ${keyText("k")}`} onClick={onKnown}>
            <span className={css.known} /> {m.known}
          </button>
        </div>
      </PanelPart>
      {feedback.explanation && (
        <PanelPart title={m.explanation}>
          <div className={css.explanation} dir="auto">
            <Markdown text={feedback.explanation} />
          </div>
        </PanelPart>
      )}
      <PanelPart
        title={m.differences}
        grow
        aside={
          differences.length > 0 && (
            <span className={css.steps}>
              <span className="meta">{at === null ? differences.length : m.differenceOf(at + 1, differences.length)}</span>
              <button
                type="button"
                aria-label={m.previousDifference}
                title={`${m.previousDifference}  ${keyText("p")}`}
                onClick={() => onStep(-1)}
              >
                <Icon name="up" size={16} />
              </button>
              <button type="button" aria-label={m.nextDifference} title={`${m.nextDifference}  ${keyText("n")}`} onClick={() => onStep(1)}>
                <Icon name="down" size={16} />
              </button>
            </span>
          )
        }
      >
        {differences.length === 0 ? (
          <p className={css.none}>{m.perfect}</p>
        ) : (
          <ol className={css.differences}>
            {differences.map((difference, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a difference is named by its place
              <Row key={i} isHere={i === at} kind={difference.kind} message={difference.message} onGo={() => onGo(i)} />
            ))}
          </ol>
        )}
      </PanelPart>
    </>
  );
}

function Row({ isHere, kind, message, onGo }: { isHere: boolean; kind: string; message: string; onGo: () => void }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isHere) row.current?.scrollIntoView({ block: "nearest" });
  }, [isHere]);
  return (
    <li ref={row} data-here={isHere}>
      <button type="button" aria-current={isHere} onClick={onGo}>
        <strong>{m.kinds[kind] ?? kind}</strong>
        <span dir="auto">{message}</span>
      </button>
    </li>
  );
}
