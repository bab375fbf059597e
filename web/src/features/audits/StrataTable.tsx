import { count } from "../../components/format";
import { Table } from "../../components/Table";
import { audits as m } from "../../messages/en/audits";
import type { AuditStratum } from "./server";

/** The parts that an audit was drawn from. */
export function StrataTable({ strata }: { strata: readonly AuditStratum[] }) {
  return (
    <Table label={m.parts}>
      <thead>
        <tr>
          <th scope="col">{m.part}</th>
          <th scope="col" data-number>
            {m.done}
          </th>
          <th scope="col" data-number>
            {m.drawn}
          </th>
          <th scope="col" data-number>
            {m.judged}
          </th>
        </tr>
      </thead>
      <tbody>
        {strata.map(each => (
          <tr key={each.name}>
            <td data-wrap>{each.name}</td>
            <td data-number>{count(each.population)}</td>
            <td data-number>{count(each.sampled)}</td>
            <td data-number>{count(each.judged)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
