import { percent } from "../../components/format";
import { quality as m } from "../../messages/en/quality";
import css from "./StoppingRule.module.css";

/** Why a task got as many answers as it has: confidence against what is asked for, answers between their least and most. */
export interface Stopping {
  responses: number;
  min: number;
  max: number;
  target: number;
  confidence: number | null;
  reason: string;
  sentence: string;
}

export function StoppingRule({ stopping }: { stopping: Stopping }) {
  const { responses, min, max, target, confidence, reason, sentence } = stopping;
  const share = (value: number) => `${Math.min(Math.max(value, 0), 1) * 100}%`;
  const digits = target >= 0.99 ? 1 : 0;
  return (
    <section className={css.rule} aria-label={m.stopping.title}>
      <h3>
        {m.stopping.title} <span className={css.reason}>{m.stopping.reasons[reason] ?? reason}</span>
      </h3>
      <p>{sentence}</p>
      <dl className={css.meters}>
        <dt>{m.stopping.confidence}</dt>
        <dd>
          <span
            className={css.bar}
            role="img"
            aria-label={m.stopping.sure(confidence === null ? "–" : percent(confidence, digits), percent(target, digits))}
          >
            <span className={css.fill} data-enough={(confidence ?? 0) >= target} style={{ width: share(confidence ?? 0) }} />
            <span className={css.target} style={{ left: share(target) }} />
          </span>
          <span className={css.figure}>
            {confidence === null ? "–" : percent(confidence, digits)}{" "}
            <span className="meta">{m.stopping.target(percent(target, digits))}</span>
          </span>
        </dd>
        <dt>{m.stopping.responses}</dt>
        <dd>
          <span className={css.dots} role="img" aria-label={m.stopping.given(responses, min, max)}>
            {Array.from({ length: Math.min(Math.max(max, responses), 24) }, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity
              <span key={i} data-given={i < responses} data-least={i < min} />
            ))}
          </span>
          <span className={css.figure}>
            {responses} <span className="meta">{m.stopping.range(min, max)}</span>
          </span>
        </dd>
      </dl>
    </section>
  );
}
