import { expect, test } from "vitest";
import { proposalsOf } from "./proposals";
import type { ContributorQuality, StandingState } from "./server";

const row = (name: string, verdict: ContributorQuality["gate"]["verdict"], alarm: boolean, state: StandingState = "working") =>
  ({
    contributor: name,
    gate: { verdict, reason: `${name} errs` },
    drift: { alarm, reason: `${name} drifts` },
    standing: { state },
  }) as ContributorQuality;

test("whoever is not sound is proposed once, with the grounds; whoever trains or is evaluated is left alone", () => {
  const found = proposalsOf([
    row("ann", "sound", false),
    row("ben", "propose_retraining", true),
    row("cid", "watching", true),
    row("dan", "propose_retraining", true, "training"),
    row("eva", "watching", true, "evaluation"),
    row("new", "propose_retraining", false, "newcomer"),
  ]);
  expect(found.map(each => [each.row.contributor, each.kind, each.grounds])).toEqual([
    ["ben", "retraining", "ben errs"],
    ["cid", "drift", "cid drifts"],
    ["new", "retraining", "new errs"],
  ]);
});
