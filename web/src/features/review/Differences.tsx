import { useEffect, useRef } from "react";
import { percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import type { Scene } from "../../engine";
import { review as m } from "../../messages/en/review";
import { PanelPart } from "../canvas/CanvasFrame";
import { keyText } from "../canvas/keys";
import css from "./Differences.module.css";
import { shortName } from "./names";
import { attributeTitle, type Choice, decidedAt, gistOf, type Point } from "./points";
import { type Case, CONSENSUS, peopleOf, type Side, sideOf } from "./sides";

/** What the responses do not agree upon, one under the other; the one that is looked at shows what each says, and takes it. */
export function Differences(props: {
  of: Case;
  points: readonly Point[];
  scene: Scene;
  at: string | null;
  onGo: (point: Point) => void;
  onTake: (point: Point, side: string) => void;
  onStep: (by: 1 | -1) => void;
}) {
  const { of, points, scene, at, onGo, onTake, onStep } = props;
  const place = points.findIndex(point => point.key === at);
  return (
    <PanelPart
      title={m.differences}
      grow
      aside={
        points.length > 0 && (
          <span className={css.steps}>
            <span className={css.count}>{place < 0 ? points.length : m.differenceOf(place + 1, points.length)}</span>
            <button type="button" aria-label={m.previous} title={`${m.previous}  ${keyText("p")}`} onClick={() => onStep(-1)}>
              <Icon name="up" size={16} />
            </button>
            <button type="button" aria-label={m.next} title={`${m.next}  ${keyText("n")}`} onClick={() => onStep(1)}>
              <Icon name="down" size={16} />
            </button>
          </span>
        )
      }
    >
      {points.length === 0 ? (
        <p className={css.none}>{of.lease.consensus ? m.noDifferences : m.noConsensus}</p>
      ) : (
        <ol className={css.points}>
          {points.map(point => (
            <Row
              key={point.key}
              of={of}
              point={point}
              scene={scene}
              isHere={point.key === at}
              onGo={() => onGo(point)}
              onTake={side => onTake(point, side)}
            />
          ))}
        </ol>
      )}
    </PanelPart>
  );
}

function Row(props: { of: Case; point: Point; scene: Scene; isHere: boolean; onGo: () => void; onTake: (side: string) => void }) {
  const { of, point, scene, isHere, onGo, onTake } = props;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isHere) row.current?.scrollIntoView({ block: "nearest" });
  }, [isHere]);
  const said = decidedAt(scene, point);
  const gist = said && gistOf(said);
  const known = point.choices.some(choice => choice.gist === gist);
  const about = point.kind === "attribute" ? attributeTitle(of, point) : m.kind[point.kind];
  return (
    <li ref={row} className={css.point} data-here={isHere}>
      <button type="button" className={css.head} aria-expanded={isHere} onClick={onGo}>
        <span className={css.title} dir="auto">
          {point.title}
        </span>
        <span className={css.about} dir="auto">
          {about}
        </span>
        <span className={css.sure}>
          {point.similarity === null ? m.sure(percent(point.confidence, 0)) : m.similarity(percent(point.similarity, 0))}
        </span>
      </button>
      {isHere && (
        <ul className={css.choices}>
          {point.choices.map(choice => (
            <ChoiceRow key={choice.gist} of={of} choice={choice} isTaken={choice.gist === gist} onTake={onTake} />
          ))}
          {!known && (
            <li className={css.own}>
              <Icon name="check" size={14} /> {m.ownWords}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function ChoiceRow({ of, choice, isTaken, onTake }: { of: Case; choice: Choice; isTaken: boolean; onTake: (side: string) => void }) {
  const sides = choice.sides.map(id => sideOf(of, id)).filter(side => side !== undefined);
  const [first] = sides;
  if (!first) return null;
  return (
    <li>
      <button
        type="button"
        className={css.choice}
        aria-pressed={isTaken}
        aria-label={m.take(choice.text, sides.map(shortName).join(", "))}
        onClick={() => onTake(first.id)}
      >
        <span className={css.mark}>{isTaken && <Icon name="check" size={14} />}</span>
        <span className={css.text} dir="auto">
          {choice.text}
        </span>
        <span className={css.sides}>
          {sides.map(side => (
            <SideChip key={side.id} of={of} side={side} />
          ))}
        </span>
      </button>
    </li>
  );
}

/** Who says it, with the key that takes it. */
function SideChip({ of, side }: { of: Case; side: Side }) {
  const digit = side.id === CONSENSUS ? 0 : peopleOf(of).indexOf(side) + 1;
  return (
    <span className={css.side} title={side.name ?? undefined}>
      <span
        className={css.letter}
        data-consensus={side.id === CONSENSUS}
        style={{ background: side.id === CONSENSUS ? undefined : side.colour }}
      >
        {shortName(side)}
      </span>
      {digit < 10 && <kbd>{digit}</kbd>}
    </span>
  );
}
