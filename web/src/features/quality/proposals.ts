import type { ContributorQuality } from "./server";

export interface Proposal {
  row: ContributorQuality;
  kind: "retraining" | "drift";
  /** The grounds, in a sentence. */
  grounds: string;
}

/** What the statistics put before a person: nobody who trains already or is being evaluated, and never more than one proposal for each. */
export function proposalsOf(rows: readonly ContributorQuality[]): readonly Proposal[] {
  return rows.flatMap((row): Proposal[] => {
    if (row.standing.state === "training" || row.standing.state === "evaluation") return [];
    if (row.gate.verdict === "propose_retraining") return [{ row, kind: "retraining", grounds: row.gate.reason }];
    if (row.drift.alarm) return [{ row, kind: "drift", grounds: row.drift.reason }];
    return [];
  });
}
