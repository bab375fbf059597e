import type { Example, Report } from "./server";

/** The kind of an example as it stands in the address: kept, or step and reason. */
export const groupOf = (step: string, reason: string): string => `${step}:${reason}`;

export const KEPT = "kept";

export const keyOf = (example: Example): string => (example.is_kept ? KEPT : groupOf(example.step ?? "", example.reason ?? ""));

export interface Group {
  key: string;
  /** Null for kept documents. */
  step: string | null;
  reason: string | null;
  /** Documents of the run, not only those shown. */
  documents: number;
}

/** The kinds that a report can have examples of, in its order. */
export const groupsOf = (report: Report): Group[] => [
  { key: KEPT, step: null, reason: null, documents: report.kept.documents },
  ...report.steps.flatMap(step =>
    step.dropped.map(({ reason, amount }) => ({ key: groupOf(step.id, reason), step: step.id, reason, documents: amount.documents })),
  ),
];

/** Examples of a kind (all where none is named) in whose id or text the words stand, in any case of letters. */
export function chosen(examples: readonly Example[], group: string | null, words: string): Example[] {
  const sought = words.trim().toLocaleLowerCase();
  return examples.filter(
    example =>
      (group === null || keyOf(example) === group) &&
      (sought === "" || example.id.toLocaleLowerCase().includes(sought) || example.text.toLocaleLowerCase().includes(sought)),
  );
}
