import type { ReactNode } from "react";
import { Link } from "wouter";
import { count, percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { review as m } from "../../messages/en/review";
import { ExampleOffer } from "../examples/ExampleOffer";
import { SaveLine } from "../work/SaveLine";
import css from "./ReviewPage.module.css";
import type { ReviewState } from "./reviewState";

/** Which case, why it is here, and where what was changed is kept. */
export function Top({
  projectId,
  state,
  name,
  back,
  buttons,
}: {
  projectId: string;
  state: ReviewState | null;
  name: string;
  back: { href: string; label: string };
  buttons: ReactNode;
}) {
  const lease = state?.case?.of.lease;
  const keeper = state?.keeper;
  const confidence = lease?.consensus ? percent(lease.consensus.confidence, 0) : "";
  return (
    <>
      <Link href={back.href} className={css.back} aria-label={back.label} title={back.label}>
        <Icon name="back" />
      </Link>
      <h1 className={css.name} data-case={lease !== undefined} dir="auto">
        {name}
      </h1>
      {lease && (
        <>
          <span className={css.case} dir="auto">
            {lease.external_id ?? m.untitled}
          </span>
          <span className={css.reason} title={m.reasonText[lease.reason]?.(confidence, percent(lease.confidence_wanted, 0))}>
            {m.reason[lease.reason] ?? lease.reason}
            {lease.consensus && <span className={css.sure}> {m.sure(confidence)}</span>}
          </span>
        </>
      )}
      <span className={css.space} />
      {state?.last && <ExampleOffer key={state.last.review} projectId={projectId} last={state.last} />}
      {state !== null && state.decided > 0 && <span className={css.decided}>{m.decidedHere(count(state.decided))}</span>}
      {state?.phase === "case" && keeper && keeper.last > 0 && (
        <SaveLine state={state.save} sequence={(state.save === "saved" ? keeper.saved : keeper.journalled) ?? 0} />
      )}
      <span className={css.buttons}>{buttons}</span>
    </>
  );
}
