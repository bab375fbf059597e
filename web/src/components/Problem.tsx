import { Button } from "@mantine/core";
import { ApiProblem } from "../api/problem";
import { problems as m } from "../messages/en/problems";
import { Icon } from "./Icon";
import css from "./Problem.module.css";

/** Whether what was asked for is not there, or not for the person who asks. */
export const isMissing = (problem: unknown): boolean => problem instanceof ApiProblem && problem.status === 404;

/** A refusal, beside what caused it: what happened, to what, what to do. Faults that have a field of their own are left out by `shown`. */
export function Problem({
  problem,
  title,
  retry,
  shown = [],
}: {
  problem: unknown;
  title?: string;
  retry?: (() => void) | undefined;
  shown?: readonly string[];
}) {
  if (problem === null || problem === undefined) return null;
  const known = problem instanceof ApiProblem ? problem : null;
  const errors = known?.errors.filter(error => !shown.includes(error.pointer)) ?? [];
  return (
    <div role="alert" className={css.problem}>
      <Icon name="warning" />
      <div className={css.body}>
        {title && <strong>{title}</strong>}
        <p>{sentence(problem)}</p>
        {errors.length > 0 && (
          <ul className={css.errors}>
            {errors.slice(0, 20).map(error => (
              <li key={error.pointer + error.found}>
                <code>{error.pointer || m.whole}</code> {m.expected(error.expected, error.found)}
              </li>
            ))}
            {errors.length > 20 && <li>{m.more(errors.length - 20)}</li>}
          </ul>
        )}
        {known?.traceId && known.status >= 500 && <p className="meta">{m.trace(known.traceId)}</p>}
        {retry && (
          <div>
            <Button variant="default" size="xs" onClick={retry}>
              {m.again}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

export function sentence(problem: unknown): string {
  if (!(problem instanceof ApiProblem)) return m.unknown;
  if (problem.isUnreachable) return navigator.onLine ? m.unreachable : m.offline;
  if (problem.status === 401) return m.signedOut;
  return problem.message || m.refused(problem.status);
}

/** The fault at a pointer as a field shows it. */
export function fieldError(problem: unknown, pointer: string): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined;
  const error = problem.at(pointer);
  return error && m.expected(error.expected, error.found);
}
