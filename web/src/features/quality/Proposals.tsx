import { Button } from "@mantine/core";
import { useState } from "react";
import { count, percent, points } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Panel } from "../../components/Panel";
import { Time } from "../../components/Time";
import { quality as m } from "../../messages/en/quality";
import css from "./Proposals.module.css";
import { proposalsOf } from "./proposals";
import { StandingDialog } from "./StandingDialog";
import type { ContributorQuality } from "./server";

/** Contributors whom a statistic puts before a person, each with its grounds and the way to decide. */
export function Proposals({ projectId, rows }: { projectId: string; rows: readonly ContributorQuality[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const proposals = proposalsOf(rows);
  return (
    <>
      {proposals.length > 0 && (
        <Panel flush>
          <ul className={css.list}>
            {proposals.map(({ row, kind, grounds }) => (
              <li key={row.contributor} className={css.row}>
                <Icon name="warning" />
                <div className={css.about}>
                  <span className={css.who}>
                    <strong dir="auto">{row.display_name}</strong>
                    <span className={css.kind}>{kind === "drift" ? m.proposals.drift : m.proposals.retraining}</span>
                    {kind === "drift" && row.drift.since && (
                      <span className="meta">
                        {m.proposals.since} <Time at={row.drift.since} />
                      </span>
                    )}
                  </span>
                  <span>{grounds}</span>
                  {row.right !== null && row.low !== null && row.high !== null && (
                    <span className="meta">
                      {m.proposals.right(percent(row.right), `${points(row.low)}–${points(row.high)}`, count(row.graded))}
                    </span>
                  )}
                </div>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={m.proposals.decideOf(row.display_name)}
                  onClick={() => setChosen(row.contributor)}
                >
                  {m.proposals.decide}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <StandingDialog projectId={projectId} row={rows.find(row => row.contributor === chosen) ?? null} onClose={() => setChosen(null)} />
    </>
  );
}
