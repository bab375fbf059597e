import { Link } from "wouter";
import { datasets as m } from "../../messages/en/datasets";
import { type Step, steps } from "./plan";
import css from "./Steps.module.css";

/** Where one is on the way, and what may be gone to. */
export function Steps({ step, reachable, hrefOf }: { step: Step; reachable: readonly Step[]; hrefOf: (step: Step) => string }) {
  const here = steps.indexOf(step);
  return (
    <nav aria-label={m.steps}>
      <ol className={css.steps}>
        {steps.map((each, i) => {
          const text = (
            <>
              <span className={css.number} aria-hidden="true">
                {i + 1}
              </span>
              <span className="visually-hidden">{m.stepOf(i + 1, steps.length)}</span>
              <span className={css.name}>{m.step[each]}</span>
            </>
          );
          return (
            <li key={each} data-state={i === here ? "here" : i < here ? "before" : "after"}>
              {reachable.includes(each) ? (
                <Link href={hrefOf(each)} aria-current={each === step ? "step" : undefined}>
                  {text}
                </Link>
              ) : (
                <span>{text}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
