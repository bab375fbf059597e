import { lossName, formats as m } from "../messages/en/formats";
import { count } from "./format";
import css from "./Losses.module.css";
import { Table } from "./Table";

/** What a format could not carry, by kind; that nothing was lost is said too. */
export function Losses({ losses, label }: { losses: readonly { kind: string; count: number; explanation: string }[]; label: string }) {
  if (losses.length === 0) return <p className={css.none}>{m.nothingLost}</p>;
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">{m.lossKind}</th>
          <th scope="col" data-number>
            {m.lossCount}
          </th>
          <th scope="col" data-wide>
            {m.lossMeans}
          </th>
        </tr>
      </thead>
      <tbody>
        {losses.map(loss => (
          <tr key={loss.kind}>
            <td data-wrap>
              {lossName(loss.kind)}
              <span data-narrow className="meta">
                {loss.explanation}
              </span>
            </td>
            <td data-number>{count(loss.count)}</td>
            <td data-wide data-wrap>
              {loss.explanation}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
