import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { count, duration, enDash, percent } from "../../components/format";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { useListKeys } from "../../components/useListKeys";
import { contributors as m } from "../../messages/en/contributors";
import { believedOf } from "./reliability";

/** Who worked on a project, how much, and what is believed of their accuracy. A row leads to what they answered. */
export function ContributorTable({ projectId, rows }: { projectId: string; rows: readonly Schemas["ListContributorsRow"][] }) {
  const keys = useListKeys();
  return (
    <Table label={m.title} {...keys}>
      <thead>
        <tr>
          <th scope="col">{m.columns.name}</th>
          <th scope="col" data-number>
            {m.columns.responses}
          </th>
          <th scope="col" data-number data-wide>
            {m.columns.active}
          </th>
          <th scope="col" data-number data-wide>
            {m.columns.each}
          </th>
          <th scope="col" data-number data-wide>
            {m.columns.skips}
          </th>
          <th scope="col" data-number title={m.findsHelp}>
            {m.columns.finds}
          </th>
          <th scope="col" data-number data-wide title={m.inventsHelp}>
            {m.columns.invents}
          </th>
          <th scope="col" data-number data-wide title={m.choosesHelp}>
            {m.columns.chooses}
          </th>
          <th scope="col" data-wide>
            {m.columns.last}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => {
          const believed = believedOf(row.reliability);
          return (
            <tr key={row.contributor}>
              <td data-clip>
                <Link href={`/projects/${projectId}/tasks?contributor=${row.contributor}`} data-row dir="auto">
                  {row.display_name}
                </Link>
                <span className="meta" data-narrow>
                  <Time at={row.last_response_at} />
                </span>
                {row.simulated && !row.display_name.includes(m.simulated) && <span className="meta"> {m.simulated}</span>}
              </td>
              <td data-number>{count(row.responses)}</td>
              <td data-number data-wide>
                {row.active_milliseconds > 0 ? duration(row.active_milliseconds) : enDash}
              </td>
              <td data-number data-wide>
                {row.responses > 0 && row.active_milliseconds > 0 ? duration(row.active_milliseconds / row.responses) : enDash}
              </td>
              <td data-number data-wide>
                {row.skips > 0 ? count(row.skips) : enDash}
              </td>
              <td data-number>{share(believed?.finds)}</td>
              <td data-number data-wide>
                {share(believed?.invents)}
              </td>
              <td data-number data-wide>
                {share(believed?.chooses)}
              </td>
              <td data-wide>
                <Time at={row.last_response_at} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

const share = (value: number | null | undefined) => (typeof value === "number" ? percent(value) : enDash);
