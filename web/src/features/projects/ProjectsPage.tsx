import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";
import { api, ask, type Schemas } from "../../api/client";
import { count, enDash, percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Parts } from "../../components/Meter";
import { Page } from "../../components/Page";
import { Empty, Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { useListKeys } from "../../components/useListKeys";
import { projects as m } from "../../messages/en/projects";
import { shell } from "../../messages/en/shell";
import { ProjectState } from "./ProjectState";
import css from "./ProjectsPage.module.css";
import { partsOf } from "./progress";

type Row = Schemas["ProjectRow"];

/** All projects with where each of them stands. */
export default function ProjectsPage() {
  const [params, setParams] = useSearchParams();
  const words = params.get("q") ?? "";
  const projects = useInfiniteQuery({
    queryKey: ["projects", "list"],
    queryFn: ({ signal, pageParam }) =>
      ask(api.GET("/api/v1/projects", { params: { query: { limit: "200", ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: "",
    getNextPageParam: page => page.next,
    refetchInterval: 15_000,
  });
  const rows = (projects.data?.pages.flatMap(page => page.items) ?? []).toReversed();
  const shown = rows.filter(row => `${row.name} ${row.description}`.toLocaleLowerCase().includes(words.toLocaleLowerCase()));
  const make = (
    <Button component={Link} href="/projects/new" leftSection={<Icon name="plus" size={16} />}>
      {m.create}
    </Button>
  );
  return (
    <Page title={m.title} action={rows.length > 0 && make}>
      {rows.length > 5 && (
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
      {projects.isPending && <Waiting rows={4} height={72} label={m.loading} />}
      <Problem problem={projects.error} retry={() => projects.refetch()} />
      {projects.data && rows.length === 0 && (
        <Empty title={m.empty} action={make}>
          <p>{m.emptyText}</p>
        </Empty>
      )}
      {shown.length > 0 && <Rows rows={shown} />}
      {rows.length > 0 && shown.length === 0 && <p className="soft">{m.noneFound(words)}</p>}
      {projects.hasNextPage && (
        <Button variant="default" loading={projects.isFetchingNextPage} onClick={() => projects.fetchNextPage()}>
          {shell.loadMore}
        </Button>
      )}
    </Page>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const keys = useListKeys();
  return (
    <Panel flush>
      <ul className={css.list} {...keys}>
        {rows.map(row => (
          <li key={row.id}>
            <Link href={`/projects/${row.id}`} className={css.row} data-row>
              <span className={css.about}>
                <span className={css.name}>
                  <strong dir="auto">{row.name}</strong>
                  {row.state !== "active" && <ProjectState state={row.state} />}
                  {row.synthetic && <span className="meta">{m.synthetic}</span>}
                </span>
                {row.description && (
                  <span className={css.description} dir="auto">
                    {row.description}
                  </span>
                )}
              </span>
              <Standing progress={row.progress} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Standing({ progress }: { progress: Row["progress"] }) {
  if (!progress || progress.tasks === 0) return <span className={css.standing}>{m.noTasks}</span>;
  return (
    <span className={css.standing}>
      <span className={css.bar}>
        <Parts parts={partsOf(progress)} label={m.progress} />
        <span className="meta">{m.doneOf(count(progress.done), count(progress.tasks))}</span>
      </span>
      <span className={css.fact}>
        <span className="meta">{m.agreement}</span>
        <span>{progress.agreement === null ? enDash : percent(progress.agreement)}</span>
      </span>
      <span className={css.fact}>
        <span className="meta">{m.lastResponse}</span>
        <Time at={progress.last_response_at} />
      </span>
    </span>
  );
}
