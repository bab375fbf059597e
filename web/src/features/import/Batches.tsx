import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, type Schemas } from "../../api/client";
import { count, enDash } from "../../components/format";
import { Section } from "../../components/Page";
import { Problem } from "../../components/Problem";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { imports as m } from "../../messages/en/imports";
import { shell } from "../../messages/en/shell";
import { auditsQuery, batchesQuery } from "../project/queries";
import css from "./Batches.module.css";
import { importsOf } from "./importsOf";

/** What was imported before, and what of it did not go in. */
export function Batches({ projectId, open }: { projectId: string; open: string | null }) {
  const batches = useQuery(batchesQuery(projectId));
  const audits = useQuery(auditsQuery(projectId));
  const [shown, setShown] = useState(open);
  const rows = importsOf(batches.data ?? [], audits.data ?? []);
  if (!audits.isFetched || rows.length === 0) return <Problem problem={batches.error} />;
  const batch = rows.find(each => each.id === shown);
  return (
    <Section title={m.before}>
      <Table label={m.before}>
        <thead>
          <tr>
            <th scope="col">{m.columns.batch}</th>
            <th scope="col">{m.columns.when}</th>
            <th scope="col" data-number>
              {m.columns.imported}
            </th>
            <th scope="col" data-number>
              {m.columns.repeated}
            </th>
            <th scope="col" data-number>
              {m.columns.refused}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(each => (
            <tr key={each.id}>
              <td dir="auto">{each.name}</td>
              <td>
                <Time at={each.created_at} />
              </td>
              <td data-number>{count(each.imported)}</td>
              <td data-number>{each.repeated === 0 ? enDash : count(each.repeated)}</td>
              <td data-number>
                {each.refused === 0 ? (
                  enDash
                ) : (
                  <button
                    type="button"
                    className={css.show}
                    aria-expanded={shown === each.id}
                    onClick={() => setShown(shown === each.id ? null : each.id)}
                  >
                    {count(each.refused)}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {batch && batch.refused > 0 && <Faults batch={batch} />}
    </Section>
  );
}

function Faults({ batch }: { batch: Schemas["BatchRow"] }) {
  const faults = useInfiniteQuery({
    queryKey: ["batches", batch.id, "faults"],
    queryFn: ({ signal, pageParam }) =>
      ask(
        api.GET("/api/v1/batches/{batchId}/faults", {
          params: { path: { batchId: batch.id }, query: pageParam ? { after: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: page => page.next,
  });
  const rows = faults.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Section title={m.faultsOf(batch.name)}>
      <Problem problem={faults.error} retry={() => faults.refetch()} />
      {rows.length > 0 && (
        <Table label={m.faultsOf(batch.name)}>
          <thead>
            <tr>
              <th scope="col" data-number>
                {m.columns.line}
              </th>
              <th scope="col">{m.columns.reason}</th>
              <th scope="col">{m.columns.detail}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.id}>
                <td data-number>{row.line ?? enDash}</td>
                <td data-wrap>{m.lineReason(row.reason)}</td>
                <td data-wrap>{row.detail}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {faults.hasNextPage && (
        <div>
          <Button variant="default" loading={faults.isFetchingNextPage} onClick={() => faults.fetchNextPage()}>
            {shell.loadMore}
          </Button>
        </div>
      )}
    </Section>
  );
}
