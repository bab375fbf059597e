import { Button } from "@mantine/core";
import { useState } from "react";
import { count, enDash, percent, points } from "../../components/format";
import { State, type Tone } from "../../components/State";
import { Table } from "../../components/Table";
import { quality as m } from "../../messages/en/quality";
import { StandingDialog } from "./StandingDialog";
import type { ContributorQuality, StandingState } from "./server";

/** Where everybody stands, what the statistics say, and the way to decide. */
export function StandingTable({ projectId, rows }: { projectId: string; rows: readonly ContributorQuality[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <>
      <Table label={m.people.title}>
        <thead>
          <tr>
            <th scope="col">{m.people.name}</th>
            <th scope="col">{m.people.standing}</th>
            <th scope="col" data-number data-wide>
              {m.people.graded}
            </th>
            <th scope="col" data-number>
              {m.people.right}
            </th>
            <th scope="col">{m.people.gate}</th>
            <th scope="col">{m.people.drift}</th>
            <th scope="col">
              <span className="visually-hidden">{m.proposals.decide}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.contributor}>
              <td data-clip dir="auto">
                {row.display_name}
                {row.simulated && !row.display_name.includes(m.people.simulated) && <span className="meta"> {m.people.simulated}</span>}
              </td>
              <td>
                <StandingWord row={row} />
              </td>
              <td data-number data-wide>
                {count(row.graded)}
              </td>
              <td data-number>{rightText(row)}</td>
              <td title={row.gate.reason}>
                <State tone={gateTones[row.gate.verdict]}>{m.people.gates[row.gate.verdict] ?? row.gate.verdict}</State>
              </td>
              <td title={row.drift.reason}>
                {row.drift.alarm ? (
                  <State tone="attention" icon="warning">
                    {m.people.ringing}
                  </State>
                ) : (
                  <State tone="plain">{m.people.quiet}</State>
                )}
              </td>
              <td>
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-label={m.proposals.decideOf(row.display_name)}
                  onClick={() => setChosen(row.contributor)}
                >
                  {m.proposals.decide}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <StandingDialog projectId={projectId} row={rows.find(row => row.contributor === chosen) ?? null} onClose={() => setChosen(null)} />
    </>
  );
}

const gateTones: Record<ContributorQuality["gate"]["verdict"], Tone> = {
  watching: "plain",
  sound: "good",
  propose_retraining: "attention",
};
const standingTones: Record<StandingState, Tone> = { newcomer: "plain", working: "plain", training: "attention", evaluation: "attention" };

export function StandingWord({ row }: { row: Pick<ContributorQuality, "standing"> }) {
  const { state, training_left, evaluation_left } = row.standing;
  const left = state === "training" ? training_left : state === "evaluation" ? evaluation_left : 0;
  return (
    <>
      <State tone={standingTones[state]}>{m.standings[state] ?? state}</State>
      {left > 0 && <span className="meta"> {m.left(left)}</span>}
    </>
  );
}

const rightText = (row: ContributorQuality): string =>
  row.right === null || row.low === null || row.high === null ? enDash : `${percent(row.right)}, ${points(row.low)}–${points(row.high)}`;
