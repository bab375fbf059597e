import type { ApiProblem } from "../../api/problem";
import type { ReadFault } from "../../engine";
import type { KeeperState } from "../work/keeper";
import type { LinkState } from "../work/link";
import type { SaveState } from "../work/workSession";
import type { Case } from "./sides";

/** Why a case takes no decision any more. */
export type EndOfCase =
  | "expired"
  | "submitted"
  | "returned"
  | "different_decision"
  | "own_work"
  | "not_in_review"
  | "unknown_lease"
  | "refused";

export interface OpenedCase {
  readonly of: Case;
  /** Counts up with each opening. */
  readonly opening: number;
  readonly readFaults: readonly ReadFault[];
  readonly picture: { readonly state: "there" | "none" } | { readonly state: "missing"; readonly problem: unknown };
  readonly restored: boolean;
  /** The consensus is another than the one that was seen at first. */
  readonly changed: boolean;
  readonly overdue: boolean;
  readonly ended: EndOfCase | null;
}

export interface ReviewState {
  readonly phase: "opening" | "elsewhere" | "case" | "empty" | "failed";
  /** For "empty": why there is nothing, or why one may not have the case that was asked for. */
  readonly reason: string | null;
  readonly problem: unknown;
  readonly case: OpenedCase | null;
  readonly busy: "deciding" | "leaving" | null;
  readonly refusal: ApiProblem | null;
  readonly save: SaveState;
  readonly link: LinkState;
  readonly keeper: KeeperState | null;
  /** What was decided last here, which may be shown as an example. */
  readonly last: { readonly review: string; readonly name: string } | null;
  /** Decisions since the page was opened. */
  readonly decided: number;
}

/** Before anything is known. */
export const opening: ReviewState = {
  phase: "opening",
  reason: null,
  problem: null,
  case: null,
  busy: null,
  refusal: null,
  save: "saved",
  link: "good",
  keeper: null,
  last: null,
  decided: 0,
};

const ENDS: readonly EndOfCase[] = ["expired", "submitted", "returned", "different_decision", "own_work", "not_in_review"];

/** What a refusal says of the case; null where it says nothing of it. */
export function endOf(problem: ApiProblem): EndOfCase | null {
  if (problem.status === 404) return "unknown_lease";
  if (problem.status !== 409 && problem.code !== "own_work") return null;
  return ENDS.find(end => end === problem.code) ?? (problem.code === "no_consensus" ? null : "refused");
}
