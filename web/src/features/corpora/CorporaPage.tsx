import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";
import { CopyText } from "../../components/CopyText";
import { count, enDash, percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { Empty, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { useListKeys } from "../../components/useListKeys";
import { corpora as m } from "../../messages/en/corpora";
import { shell } from "../../messages/en/shell";
import css from "./CorporaPage.module.css";
import { type CorpusRow, corporaQuery } from "./server";

/** Curation runs whose reports were shared with the organization. */
export default function CorporaPage() {
  const [params, setParams] = useSearchParams();
  const words = params.get("q") ?? "";
  const rows = useInfiniteQuery(corporaQuery);
  const all = rows.data?.pages.flatMap(page => page.items) ?? [];
  const shown = all.filter(row => row.name.toLocaleLowerCase().includes(words.toLocaleLowerCase()));
  return (
    <Page title={m.title} lead={<span>{m.lead}</span>}>
      {all.length > 8 && (
        <TextInput
          type="search"
          data-search
          aria-label={m.search}
          placeholder={m.search}
          leftSection={<Icon name="search" size={16} />}
          value={words}
          onChange={event => setParams(event.currentTarget.value ? { q: event.currentTarget.value } : {}, { replace: true })}
        />
      )}
      <Problem problem={rows.error} retry={() => rows.refetch()} />
      {rows.isPending && <Waiting rows={5} label={m.loading} />}
      {rows.data && all.length === 0 && <NoCorpus />}
      {all.length > 0 && shown.length === 0 && <p className="soft">{m.nothing}</p>}
      {shown.length > 0 && <CorpusTable rows={shown} />}
      {rows.hasNextPage && (
        <div>
          <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => rows.fetchNextPage()}>
            {shell.loadMore}
          </Button>
        </div>
      )}
    </Page>
  );
}

function NoCorpus() {
  return (
    <Empty title={m.empty} action={<Link href="/settings">{m.makeKey}</Link>}>
      <p>{m.emptyText}</p>
      <div className={css.commands}>
        <CopyText value={m.runCommand} label={m.commands.run} />
        <CopyText value={m.shareCommand(location.origin)} label={m.commands.share} />
      </div>
      <p>{m.keyHint}</p>
    </Empty>
  );
}

function CorpusTable({ rows }: { rows: readonly CorpusRow[] }) {
  const keys = useListKeys();
  return (
    <Table label={m.title} {...keys}>
      <thead>
        <tr>
          <th scope="col">{m.columns.name}</th>
          <th scope="col" data-wide>
            {m.columns.finished}
          </th>
          <th scope="col" data-number data-wide>
            {m.columns.read}
          </th>
          <th scope="col" data-number>
            {m.columns.kept}
          </th>
          <th scope="col" data-number>
            {m.columns.share}
          </th>
          <th scope="col" data-number data-wide>
            {m.columns.words}
          </th>
          <th scope="col" data-wide>
            {m.columns.shared}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.id}>
            <td data-clip>
              <Link href={`/corpora/${row.id}`} data-row dir="auto">
                {row.name}
              </Link>
            </td>
            <td data-wide>
              <Time at={row.finished_at} />
            </td>
            <td data-number data-wide>
              {count(row.read_documents)}
            </td>
            <td data-number>{count(row.kept_documents)}</td>
            <td data-number>{row.read_documents > 0 ? percent(row.kept_documents / row.read_documents) : enDash}</td>
            <td data-number data-wide>
              {count(row.kept_words)}
            </td>
            <td data-wide>
              <Time at={row.shared_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
