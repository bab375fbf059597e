import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "wouter";
import { Figure, Figures } from "../../components/Figure";
import { count, enDash, percent, points } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Empty, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { State } from "../../components/State";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { useListKeys } from "../../components/useListKeys";
import { gold as m } from "../../messages/en/gold";
import { ProjectFrame } from "../project/ProjectFrame";
import type { ProjectView } from "../project/queries";
import { withParam } from "../tasks/filters";
import { TaskDrawer } from "../tasks/TaskDrawer";
import { Thumbnail } from "../tasks/Thumbnail";
import css from "./GoldPage.module.css";
import { MakeGoldDialog } from "./MakeGoldDialog";
import { goldQuery } from "./queries";
import { type GoldRow, type Made, removeTraining } from "./server";

/** The pool of tasks with known answers: what is asked unmarked, and what teaches. */
export default function GoldPage({ projectId }: { projectId: string }) {
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [params] = useSearchParams();
  const kind = params.get("kind") === "training" ? "training" : "gold";
  return (
    <ProjectFrame
      projectId={projectId}
      title={m.title}
      lead={<span>{kind === "gold" ? m.lead : m.leadTraining}</span>}
      action={project =>
        project.state !== "archived" &&
        kind === "gold" && (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setMaking(true)}>
            {m.make}
          </Button>
        )
      }
    >
      {project => (
        <>
          <nav className={css.kinds} aria-label={m.kindsLabel}>
            {(["gold", "training"] as const).map(each => (
              <Link key={each} href={each === "gold" ? "?" : "?kind=training"} aria-current={each === kind ? "page" : undefined}>
                {m.kinds[each]}
              </Link>
            ))}
          </nav>
          {made && <MadeNote made={made} onClose={() => setMade(null)} />}
          <Pool key={kind} project={project} kind={kind} onMake={() => setMaking(true)} />
          <MakeGoldDialog
            projectId={projectId}
            open={making}
            onClose={() => setMaking(false)}
            onMade={answer => {
              setMade(answer);
              setMaking(false);
            }}
          />
        </>
      )}
    </ProjectFrame>
  );
}

function MadeNote({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <div className={css.made} role="status">
      <div>
        <p>{m.made(made.made)}</p>
        {made.refused.length > 0 && (
          <>
            <p>{m.refused(made.refused.length)}</p>
            <ul>
              {made.refused.slice(0, 10).map(each => (
                <li key={each.task}>{each.reason}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <Button variant="subtle" size="compact-xs" onClick={onClose}>
        {m.close}
      </Button>
    </div>
  );
}

function Pool({ project, kind, onMake }: { project: ProjectView; kind: GoldRow["kind"]; onMake: () => void }) {
  const [params, setParams] = useSearchParams();
  const pages = useInfiniteQuery(goldQuery(project.id, kind));
  const keys = useListKeys();
  const rows = pages.data?.pages.flatMap(page => page.items) ?? [];
  if (pages.isPending) return <Waiting rows={6} label={m.loading} />;
  if (pages.error) return <Problem problem={pages.error} retry={() => pages.refetch()} />;
  if (rows.length === 0)
    return kind === "gold" ? (
      <Empty title={m.empty} action={<Button onClick={onMake}>{m.make}</Button>}>
        <p>{m.emptyText}</p>
      </Empty>
    ) : (
      <Empty title={m.emptyTraining} action={<Link href={`/projects/${project.id}/tasks?state=done`}>{m.toDecided}</Link>}>
        <p>{m.emptyTrainingText}</p>
      </Empty>
    );
  return (
    <>
      {kind === "gold" && !pages.hasNextPage && (
        <Figures>
          <Figure label={m.figures.live} value={count(rows.filter(row => !row.retired_at).length)} />
          <Figure label={m.figures.retired} value={count(rows.filter(row => row.retired_at).length)} />
          <Figure label={m.figures.leaks} value={count(rows.filter(row => row.leak?.suspected).length)} />
          <Figure label={m.figures.answers} value={count(rows.reduce((sum, row) => sum + row.answered, 0))} />
        </Figures>
      )}
      <Table label={m.kinds[kind]} {...keys}>
        <thead>
          <tr>
            <th scope="col">{m.columns.task}</th>
            <th scope="col" data-number>
              {m.columns.answered}
            </th>
            <th scope="col" data-number>
              {m.columns.right}
            </th>
            <th scope="col">{m.columns.state}</th>
            <th scope="col" data-wide>
              {m.columns.source}
            </th>
            <th scope="col" data-wide>
              {m.columns.last}
            </th>
            {kind === "training" && (
              <th scope="col">
                <span className="visually-hidden">{m.takeOut}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <Row key={row.task} project={project} row={row} href={`?${withParam(params, "task", row.task)}`} />
          ))}
        </tbody>
      </Table>
      {pages.hasNextPage && (
        <div>
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {m.more}
          </Button>
        </div>
      )}
      <TaskDrawer
        project={project}
        taskId={params.get("task")}
        onClose={() => setParams(withParam(params, "task", null), { replace: true })}
      />
    </>
  );
}

function Row({ project, row, href }: { project: ProjectView; row: GoldRow; href: string }) {
  const client = useQueryClient();
  const name = row.external_id ?? row.task;
  const remove = useMutation({
    mutationFn: () => removeTraining(row.task),
    onSuccess: () => client.invalidateQueries({ queryKey: ["projects", project.id, "gold"] }),
  });
  const ends = row.low !== null && row.high !== null ? `, ${points(row.low, 0)}–${points(row.high, 0)}` : "";
  return (
    <tr>
      <td data-clip>
        <span className={css.task}>
          <span className={css.picture}>
            <Thumbnail asset={row.asset} name="" />
          </span>
          <Link href={href} data-row dir="auto">
            {name}
          </Link>
        </span>
      </td>
      <td data-number>{count(row.answered)}</td>
      <td data-number>{row.right === null ? enDash : `${percent(row.right, 0)}${ends}`}</td>
      <td>
        {row.retired_at ? (
          <span title={m.retiredHelp}>
            <State tone="plain">{m.states.retired}</State>
          </span>
        ) : row.leak?.suspected ? (
          <span title={row.leak.reason ?? m.leakHelp}>
            <State tone="attention" icon="warning">
              {m.states.leak}
            </State>
          </span>
        ) : (
          <State tone="good">{m.states.live}</State>
        )}
      </td>
      <td data-wide>{m.sources[row.source] ?? row.source}</td>
      <td data-wide>
        <Time at={row.last_answered_at} />
      </td>
      {row.kind === "training" && (
        <td>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={m.takeOutOf(name)}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {m.takeOut}
          </Button>
          <Problem problem={remove.error} />
        </td>
      )}
    </tr>
  );
}
