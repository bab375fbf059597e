import { Button } from "@mantine/core";
import { Link } from "wouter";
import { count, duration } from "../../components/format";
import { Icon } from "../../components/Icon";
import { canvas as c } from "../../messages/en/canvas";
import { workbench as m } from "../../messages/en/workbench";
import { keyText } from "../canvas/keys";
import { SaveLine } from "./SaveLine";
import css from "./Workbench.module.css";
import type { WorkSession, WorkState } from "./workSession";

/** What the task belongs to, what was done today, and where the work is saved. */
export function Top({ state, name, buttons }: { state: WorkState | null; name: string; buttons: React.ReactNode }) {
  const today = state?.today;
  const last = state?.keeper;
  return (
    <>
      <Link href="/work" className={css.back} aria-label={m.back} title={m.back}>
        <Icon name="back" />
      </Link>
      <h1 className={css.project} dir="auto">
        {name}
      </h1>
      {state?.task?.lease.correction && <span className={css.sentBack}>{m.sentBack}</span>}
      <span className={css.space} />
      {today && (
        <span className={css.today} title={m.todayTime(duration(today.activeMilliseconds))}>
          {m.today(count(today.responses))}
        </span>
      )}
      {state?.phase === "task" && <SaveLine state={state.save} sequence={(state.save === "saved" ? last?.saved : last?.journalled) ?? 0} />}
      <span className={css.buttons}>{buttons}</span>
    </>
  );
}

/** What ends a task. */
export function Actions(props: {
  state: WorkState | null;
  session: WorkSession | null;
  faults: number;
  mayAct: boolean;
  onSkip: () => void;
  onReturn: () => void;
  onSubmit: () => void;
}) {
  const { state, session, faults, mayAct, onSkip, onReturn, onSubmit } = props;
  const waits = state?.busy === "submitting" && state.link !== "good";
  const barred = !mayAct || state?.task?.ended !== null || state.keeper?.conflict !== null;
  return (
    <div className={css.actions}>
      {waits && (
        <>
          <span className={css.waits} role="status">
            {m.submitWaits}
          </span>
          <Button variant="default" size="xs" onClick={() => session?.callOff()}>
            {m.goOnDrawing}
          </Button>
        </>
      )}
      {faults > 0 && <span className={css.faultCount}>{c.faults(String(faults))}</span>}
      <Button variant="subtle" size="xs" disabled={!mayAct} onClick={onReturn}>
        {m.return}
      </Button>
      <Button variant="subtle" size="xs" disabled={!mayAct} onClick={onSkip} title={keyText("mod+space")}>
        {m.skip}
      </Button>
      <Button size="xs" disabled={barred && state?.busy !== "submitting"} loading={waits} onClick={onSubmit} className={css.submit}>
        {m.submit}
        <span className={css.submitKey}>{keyText("mod+enter")}</span>
      </Button>
    </div>
  );
}
