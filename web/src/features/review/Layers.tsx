import { Tooltip } from "@mantine/core";
import { Icon } from "../../components/Icon";
import { review as m } from "../../messages/en/review";
import { PanelPart } from "../canvas/CanvasFrame";
import { keyText } from "../canvas/keys";
import css from "./Layers.module.css";
import { sideName } from "./names";
import { ALL_SEEN, type Case, CONSENSUS, DECISION, isSeen, peopleOf, type Sight, sideOf, soloed, toggled } from "./sides";

/** Who said something, each in their colour: seen or not, or alone. */
export function Layers({
  of,
  decided,
  sight,
  onSight,
}: {
  of: Case;
  /** Objects of the decision. */
  decided: number;
  sight: Sight;
  onSight: (sight: Sight) => void;
}) {
  const consensus = sideOf(of, CONSENSUS);
  const row = (id: string, name: string, count: number, keys: string, mark: { letter?: string; colour?: string; notes?: string[] }) => (
    <Row key={id} id={id} name={name} count={count} digit={keys} sight={sight} onSight={onSight} {...mark} />
  );
  return (
    <PanelPart
      title={m.layers}
      aside={
        (sight.solo !== null || sight.off.size > 0) && (
          <button type="button" className={css.all} onClick={() => onSight({ ...ALL_SEEN, off: new Set() })}>
            {m.showAll} <kbd>{keyText("a")}</kbd>
          </button>
        )
      }
    >
      <ul className={css.layers}>
        {row(DECISION, m.decision, decided, "d", {})}
        {consensus && row(CONSENSUS, m.consensus, consensus.shapes.length, "0", {})}
        {peopleOf(of).map((side, i) =>
          row(side.id, sideName(side), side.shapes.length, String(i + 1), {
            letter: side.letter,
            colour: side.colour,
            notes: [...(side.isCorrection ? [m.corrected] : []), ...(side.simulated ? [m.simulated] : [])],
          }),
        )}
      </ul>
    </PanelPart>
  );
}

function Row(props: {
  id: string;
  name: string;
  count: number;
  digit: string;
  sight: Sight;
  onSight: (sight: Sight) => void;
  letter?: string;
  colour?: string;
  notes?: readonly string[];
}) {
  const { id, name, count, digit, sight, onSight, letter, colour, notes = [] } = props;
  const seen = isSeen(sight, id);
  const alone = sight.solo === id;
  const toggleKey = digit === "d" ? "d" : `alt+${digit}`;
  const press = (label: string, key: string, pressed: boolean, icon: "eye" | "hidden" | "solo", onClick: () => void) => (
    <Tooltip label={`${label}  ${keyText(key)}`} position="left">
      <button type="button" className={css.press} aria-label={label} aria-pressed={pressed} onClick={onClick}>
        {icon === "solo" ? <span className={css.solo}>S</span> : <Icon name={icon} size={15} />}
      </button>
    </Tooltip>
  );
  return (
    <li className={css.row} data-seen={seen}>
      <span className={css.swatch} data-kind={id === DECISION || id === CONSENSUS ? id : "person"} style={{ background: colour }}>
        {letter}
      </span>
      <span className={css.name} dir="auto">
        {name}
        {notes.length > 0 && <span className={css.notes}>{notes.join(", ")}</span>}
      </span>
      <span className={css.count} title={m.objects(count)}>
        {count}
      </span>
      {press(alone ? m.unsolo : m.solo(name), `shift+${digit}`, alone, "solo", () => onSight(soloed(sight, id)))}
      {press(seen ? m.hideLayer(name) : m.showLayer(name), toggleKey, seen, seen ? "eye" : "hidden", () => onSight(toggled(sight, id)))}
    </li>
  );
}
