import { Button, Select, TextInput } from "@mantine/core";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { api, ask } from "../../api/client";
import { count } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Empty, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { project as projectWords } from "../../messages/en/project";
import { tasks as m } from "../../messages/en/tasks";
import { ProjectFrame } from "../project/ProjectFrame";
import { contributorsQuery, type ProjectView } from "../project/queries";
import { useClassColours } from "./drawable";
import { filtersOf, queryOf, withParam } from "./filters";
import { TaskDrawer } from "./TaskDrawer";
import { TaskGrid } from "./TaskGrid";
import css from "./TasksPage.module.css";

/** All tasks of a project with their pictures; what is shown stands in the address. */
export default function TasksPage({ projectId }: { projectId: string }) {
  return (
    <ProjectFrame
      projectId={projectId}
      title={m.title}
      wide
      action={project =>
        project.state !== "archived" && (
          <Button component={Link} href={`/projects/${projectId}/import`} leftSection={<Icon name="upload" size={16} />}>
            {projectWords.importData}
          </Button>
        )
      }
    >
      {project => <Tasks project={project} />}
    </ProjectFrame>
  );
}

function Tasks({ project }: { project: ProjectView }) {
  const [params, setParams] = useSearchParams();
  const filters = filtersOf(params);
  const query = queryOf(filters);
  const pages = useInfiniteQuery({
    queryKey: ["projects", project.id, "tasks", query],
    queryFn: ({ signal, pageParam }) =>
      ask(
        api.GET("/api/v1/projects/{projectId}/tasks", {
          params: {
            path: { projectId: project.id },
            query: { ...query, limit: "120", ...(pageParam ? { after: pageParam } : { count: true }) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = pages.data?.pages.flatMap(page => page.items) ?? [];
  const total = pages.data?.pages[0]?.count;
  const filtered = Object.keys(query).length > 0;
  if (pages.data && total?.count === 0 && !filtered) {
    return (
      <Empty title={m.empty}>
        <p>{m.emptyText}</p>
      </Empty>
    );
  }
  return (
    <>
      <Filters project={project} />
      <p className="meta" role="status">
        {total && (total.is_exact ? m.count(count(total.count)) : m.atLeast(count(total.count)))}
        {filters.agreementMax !== null && ` ${m.byAgreement}`}
      </p>
      <Problem problem={pages.error} retry={() => pages.refetch()} />
      {pages.isPending && <Waiting rows={3} height={180} label={m.loading} />}
      {pages.data && rows.length === 0 && (
        <Empty
          title={m.noneFound}
          action={
            <Button variant="default" onClick={() => setParams({})}>
              {m.clear}
            </Button>
          }
        />
      )}
      {rows.length > 0 && (
        <TaskGrid
          rows={rows}
          hasMore={pages.hasNextPage}
          onMore={() => void (pages.isFetchingNextPage || pages.fetchNextPage())}
          hrefOf={row => `?${withParam(params, "task", row.id)}`}
        />
      )}
      <TaskDrawer
        project={project}
        taskId={params.get("task")}
        onClose={() => setParams(withParam(params, "task", null), { replace: true })}
      />
    </>
  );
}

function Filters({ project }: { project: ProjectView }) {
  const [params, setParams] = useSearchParams();
  const filters = filtersOf(params);
  const classes = useClassColours(project.id, project.ontology_version);
  const people = useQuery(contributorsQuery(project.id));
  const set = (name: string) => (value: string | null) =>
    setParams(before => withParam(withParam(before, "task", null), name, value), { replace: true });
  return (
    <search className={css.filters} aria-label={m.filters}>
      <Search value={filters.prefix} onChange={set("q")} />
      <Select aria-label={m.state} placeholder={m.state} clearable value={filters.state} onChange={set("state")} data={options(m.states)} />
      <Select
        aria-label={m.className}
        placeholder={m.className}
        clearable
        searchable
        value={filters.className}
        onChange={set("class")}
        data={[...classes].map(([value, look]) => ({ value, label: look.title }))}
      />
      <Select
        aria-label={m.contributor}
        placeholder={m.contributor}
        clearable
        searchable
        value={filters.contributor}
        onChange={set("contributor")}
        data={people.data?.map(row => ({ value: row.contributor, label: row.display_name })) ?? []}
      />
      <Select
        aria-label={m.agreement}
        placeholder={m.agreement}
        clearable
        value={filters.agreementMax === null ? null : String(filters.agreementMax)}
        onChange={set("agreement_max")}
        data={agreements(filters.agreementMax)}
      />
      <Select
        aria-label={m.purpose}
        placeholder={m.purpose}
        clearable
        value={filters.purpose}
        onChange={set("purpose")}
        data={options(m.purposes)}
      />
    </search>
  );
}

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

function agreements(chosen: number | null) {
  const values = [0.4, 0.6, 0.8, 0.95];
  return (chosen !== null && !values.includes(chosen) ? [...values, chosen].sort() : values).map(value => ({
    value: String(value),
    label: m.below(value * 100),
  }));
}

/** What is typed is asked for a moment after the last key. */
function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const settled = useDeferredValue(typed);
  useEffect(() => {
    if (settled === value) return;
    const timer = setTimeout(() => onChange(settled), 250);
    return () => clearTimeout(timer);
  }, [settled, value, onChange]);
  return (
    <TextInput
      type="search"
      data-search
      aria-label={m.search}
      placeholder={m.search}
      leftSection={<Icon name="search" size={16} />}
      value={typed}
      onChange={event => setTyped(event.currentTarget.value)}
    />
  );
}
