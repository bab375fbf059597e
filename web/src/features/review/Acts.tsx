import { Button } from "@mantine/core";
import { review as m } from "../../messages/en/review";
import { keyText } from "../canvas/keys";
import css from "./ReviewPage.module.css";
import type { ReviewState } from "./reviewState";

/** What ends a case: accepting it as it is or as it was edited, sending it back, setting it aside, leaving it to others. */
export function Acts(props: {
  state: ReviewState;
  /** How much the decision differs from the consensus; null where there is none. */
  changes: number | null;
  mayAct: boolean;
  maySend: boolean;
  onCallOff: () => void;
  onGiveBack: () => void;
  onWithdraw: () => void;
  onSendBack: () => void;
  onDecide: () => void;
}) {
  const { state, changes, mayAct, maySend, onCallOff, onGiveBack, onWithdraw, onSendBack, onDecide } = props;
  const waits = state.busy === "deciding" && state.link !== "good";
  return (
    <div className={css.acts}>
      {waits ? (
        <>
          <span className={css.hint} role="status">
            {m.decidingOffline}
          </span>
          <Button variant="default" size="xs" onClick={onCallOff}>
            {m.callOff}
          </Button>
        </>
      ) : (
        <span className={css.hint}>{changes !== null && (changes === 0 ? m.acceptHint : m.editHint(changes))}</span>
      )}
      <Button variant="subtle" size="xs" disabled={!mayAct} onClick={onGiveBack} title={m.giveBackHint}>
        {m.giveBack}
      </Button>
      <Button variant="subtle" size="xs" disabled={!mayAct} onClick={onWithdraw} title={keyText("w")}>
        {m.withdraw}
      </Button>
      <Button variant="default" size="xs" disabled={!mayAct || !maySend} onClick={onSendBack}>
        {m.sendBack}
        <span className={css.key}>{keyText("s")}</span>
      </Button>
      <Button size="xs" disabled={!mayAct} loading={waits} onClick={onDecide}>
        {changes === 0 ? m.accept : m.acceptEdit}
        <span className={css.key}>{keyText("mod+enter")}</span>
      </Button>
    </div>
  );
}
