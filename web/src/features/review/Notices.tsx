import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { isRecord } from "../../api/client";
import { ago } from "../../components/format";
import { Problem } from "../../components/Problem";
import { review as m } from "../../messages/en/review";
import { Notice } from "../work/Notice";
import css from "./ReviewPage.module.css";
import type { ReviewSession } from "./reviewSession";
import type { ReviewState } from "./reviewState";

/** What happened to the case, above the picture: nothing is covered by it. */
export function Notices({ session, state }: { session: ReviewSession; state: ReviewState }) {
  const { case: current } = state;
  if (state.phase !== "case" || !current) return null;
  const button = (label: string, onClick: () => void): ReactNode => (
    <Button key={label} size="xs" variant="default" onClick={onClick}>
      {label}
    </Button>
  );
  const { earlier } = current.of.lease;
  const said = textsOf(earlier?.comments);
  return (
    <>
      {earlier?.decision === "send_back" && (
        <Notice tone="plain" icon="comment" title={m.earlierText(ago(earlier.decided_at))}>
          <span dir="auto">{said.join(" · ")}</span>
        </Notice>
      )}
      {current.ended && (
        <Notice
          tone="wrong"
          icon="warning"
          title={m.ended[current.ended] ?? m.refusedCase}
          actions={button(m.takeNext, () => void session.takeAny())}
        />
      )}
      {current.overdue && !current.ended && <Notice tone="attention" icon="wait" title={m.overdue} />}
      {current.changed && !current.ended && <Notice tone="attention" icon="info" title={m.changed} />}
      {current.restored && !current.changed && !current.ended && <Notice tone="plain" icon="info" title={m.restored} />}
      {state.keeper?.conflict && (
        <Notice
          tone="attention"
          icon="warning"
          title={m.conflict}
          actions={[button(m.keepThis, () => void session.choose("this")), button(m.takeOther, () => void session.choose("other"))]}
        />
      )}
      {current.readFaults.length > 0 && <Notice tone="attention" icon="warning" title={m.undrawn(current.readFaults.length)} />}
      {state.refusal && (
        <div className={css.problem}>
          <Problem problem={state.refusal} title={m.faults} />
        </div>
      )}
    </>
  );
}

const textsOf = (comments: unknown): string[] =>
  Array.isArray(comments) ? comments.filter(isRecord).flatMap(({ text }) => (typeof text === "string" ? [text] : [])) : [];
