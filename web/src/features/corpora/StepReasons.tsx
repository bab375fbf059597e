import { Link } from "wouter";
import { count, percent } from "../../components/format";
import { corpora as m } from "../../messages/en/corpora";
import { groupOf } from "./examples";
import css from "./Overview.module.css";
import type { ReportStep } from "./server";

/** What a step dropped by reason, each with a way to its examples, and its parameters. */
export function StepReasons({ step, corpusId }: { step: ReportStep; corpusId: string }) {
  return (
    <div className={css.details}>
      {step.dropped.length > 0 && (
        <ul className={css.reasons}>
          {step.dropped.map(({ reason, amount }) => (
            <li key={reason}>
              <Link href={`/corpora/${corpusId}/examples?reason=${encodeURIComponent(groupOf(step.id, reason))}`}>{reason}</Link>{" "}
              <span className="soft">
                {count(amount.documents)}, {percent(step.entered.documents > 0 ? amount.documents / step.entered.documents : 0)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {step.note && <p className="soft">{step.note}</p>}
      {step.parameters.length > 0 && (
        <dl className={css.parameters} aria-label={m.step.parameters}>
          {step.parameters.map(each => (
            <div key={each.name}>
              <dt>{each.name}</dt>
              <dd>
                <code>{each.value}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
