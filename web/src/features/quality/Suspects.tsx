import { Button, Select } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "wouter";
import { percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Empty, Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { quality as m } from "../../messages/en/quality";
import { ProjectFrame } from "../project/ProjectFrame";
import type { ProjectView } from "../project/queries";
import { type ClassLooks, useWords } from "../tasks/drawable";
import { withParam } from "../tasks/filters";
import { TaskDrawer } from "../tasks/TaskDrawer";
import { Thumbnail } from "../tasks/Thumbnail";
import { suspectsQuery } from "./queries";
import css from "./Suspects.module.css";
import { type Requeued, requeue, type Suspect, type Withdrawn, withdrawRequeue } from "./server";

/** The least trusted of a project's labels, on its quality page. */
export function SuspectsSection({ project }: { project: ProjectView }) {
  return (
    <Section title={m.suspects.title} aside={<Link href={`/projects/${project.id}/quality/suspects`}>{m.suspects.all}</Link>}>
      <SuspectList project={project} most={5} />
    </Section>
  );
}

/** All labels that something speaks against. */
export default function SuspectsPage({ projectId }: { projectId: string }) {
  return (
    <ProjectFrame projectId={projectId} title={m.suspects.title} lead={<span>{m.suspects.explain}</span>}>
      {project => <SuspectList project={project} />}
    </ProjectFrame>
  );
}

function SuspectList({ project, most }: { project: ProjectView; most?: number }) {
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const [question, setQuestion] = useState<string | null>(null);
  const words = useWords(project.id, project.ontology_version);
  const pages = useInfiniteQuery(suspectsQuery(project.id, question));
  const all = pages.data?.pages.flatMap(page => page.items) ?? [];
  const rows = most === undefined ? all : all.slice(0, most);
  const questions = [...new Set(all.map(row => row.question))];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [queued, setQueued] = useState<ReadonlySet<string>>(new Set());
  const forget = async () => {
    await client.invalidateQueries({ queryKey: ["projects", project.id, "progress"] });
    await client.invalidateQueries({ queryKey: ["tasks"] });
    await client.invalidateQueries({ queryKey: ["projects", project.id, "quality", "suspects"], refetchType: "none" });
  };
  const again = useMutation({
    mutationFn: (tasks: readonly string[]) => requeue(project.id, tasks),
    onSuccess: async (answer, tasks) => {
      const refused = new Set(answer.refused.map(each => each.task));
      setQueued(before => new Set([...before, ...tasks.filter(task => !refused.has(task))]));
      setChosen(new Set());
      back.reset();
      await forget();
    },
  });
  const back = useMutation({
    mutationFn: (tasks: readonly string[]) => withdrawRequeue(project.id, tasks),
    onSuccess: async (answer, tasks) => {
      const refused = new Set(answer.refused.map(each => each.task));
      setQueued(before => new Set([...before].filter(task => refused.has(task) || !tasks.includes(task))));
      again.reset();
      await forget();
    },
  });
  const free = rows.filter(row => !queued.has(row.task));
  const tasksOf = (of: readonly Suspect[]) => [...new Set(of.map(row => row.task))];
  if (pages.isPending) return <Waiting rows={3} height={64} label={m.loading} />;
  if (pages.error) return <Problem problem={pages.error} retry={() => pages.refetch()} />;
  return (
    <div className={css.suspects}>
      {(again.data || back.data || again.error || back.error) && (
        <div className={css.news}>
          {again.data && (
            <Done
              projectId={project.id}
              answer={again.data}
              rows={all}
              isUndoing={back.isPending}
              onUndo={() => {
                const refused = new Set(again.data.refused.map(each => each.task));
                back.mutate(again.variables.filter(task => !refused.has(task)));
              }}
              onClose={() => again.reset()}
            />
          )}
          {back.data && <Undone answer={back.data} rows={all} onClose={() => back.reset()} />}
          <Problem problem={again.error ?? back.error} />
        </div>
      )}
      {rows.length === 0 && question === null ? (
        most === undefined ? (
          <Empty title={m.suspects.empty}>
            <p>{m.suspects.explain}</p>
          </Empty>
        ) : (
          <p className="soft">{m.suspects.empty}</p>
        )
      ) : (
        <>
          <div className={css.bar}>
            <label className={css.all}>
              <input
                type="checkbox"
                checked={free.length > 0 && tasksOf(free).every(task => chosen.has(task))}
                onChange={event => setChosen(new Set(event.currentTarget.checked ? tasksOf(free) : []))}
              />
              {m.suspects.chooseAll}
            </label>
            {(questions.length > 1 || question !== null) && (
              <Select
                aria-label={m.suspects.question}
                placeholder={m.suspects.everyQuestion}
                size="xs"
                clearable
                value={question}
                onChange={setQuestion}
                data={question !== null && !questions.includes(question) ? [question, ...questions] : questions}
              />
            )}
            <span className={css.space} />
            {chosen.size > 0 && <span className="meta">{m.suspects.chosen(chosen.size)}</span>}
            <Button size="compact-sm" disabled={chosen.size === 0} loading={again.isPending} onClick={() => again.mutate([...chosen])}>
              {m.suspects.requeue}
            </Button>
          </div>
          <Panel flush>
            <ul className={css.list}>
              {rows.map(row => (
                <Row
                  words={words}
                  key={`${row.task}/${row.question}/${row.shape ?? ""}`}
                  row={row}
                  isChosen={chosen.has(row.task)}
                  isQueued={queued.has(row.task)}
                  href={`?${withParam(params, "task", row.task)}`}
                  onChoose={on => setChosen(new Set(on ? [...chosen, row.task] : [...chosen].filter(task => task !== row.task)))}
                  onQueue={() => again.mutate([row.task])}
                />
              ))}
            </ul>
          </Panel>
          {most === undefined && pages.hasNextPage && (
            <div>
              <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {m.suspects.more}
              </Button>
            </div>
          )}
        </>
      )}
      <TaskDrawer
        project={project}
        taskId={params.get("task")}
        onClose={() => setParams(withParam(params, "task", null), { replace: true })}
      />
    </div>
  );
}

function Row(props: {
  row: Suspect;
  words: ClassLooks;
  isChosen: boolean;
  isQueued: boolean;
  href: string;
  onChoose: (on: boolean) => void;
  onQueue: () => void;
}) {
  const { row, words, isChosen, isQueued, href, onChoose, onQueue } = props;
  const said = (id: string) => words.get(id)?.title ?? id;
  const name = row.external_id ?? row.task;
  return (
    <li className={css.row} data-queued={isQueued}>
      <input
        type="checkbox"
        aria-label={m.suspects.choose(name)}
        checked={isChosen}
        disabled={isQueued}
        onChange={event => onChoose(event.currentTarget.checked)}
      />
      <Link href={href} className={css.picture} aria-label={m.suspects.open(name)}>
        <Thumbnail asset={row.asset} name="" />
      </Link>
      <div className={css.about}>
        <span className={css.what}>
          <strong dir="auto">{row.alternative ? m.suspects.rather(said(row.answer), said(row.alternative)) : said(row.answer)}</strong>
          <span className="meta">{m.suspects.trust(percent(row.score, 0))}</span>
        </span>
        <span>{row.reason}</span>
        <span className="meta" dir="auto">
          {name}
        </span>
      </div>
      {isQueued ? (
        <span className={css.queued}>
          <Icon name="check" size={14} /> {m.suspects.queued}
        </span>
      ) : (
        <Button variant="default" size="compact-xs" aria-label={m.suspects.requeueOne(name)} onClick={onQueue}>
          {m.suspects.requeueShort}
        </Button>
      )}
    </li>
  );
}

/** What came of it: how many wait now, where they are, and which were not queued and why. It can be taken back until a reviewer begins. */
function Done(props: {
  projectId: string;
  answer: Requeued;
  rows: readonly Suspect[];
  isUndoing: boolean;
  onUndo: () => void;
  onClose: () => void;
}) {
  const { projectId, answer, rows, isUndoing, onUndo, onClose } = props;
  const nameOf = (task: string) => rows.find(row => row.task === task)?.external_id ?? task;
  return (
    <div className={css.done} role="status">
      <Icon name={answer.requeued > 0 ? "check" : "warning"} size={16} />
      <div>
        <p>
          {m.suspects.done(answer.requeued)}{" "}
          {answer.requeued > 0 && <Link href={`/projects/${projectId}/review`}>{m.suspects.toReview}</Link>}
        </p>
        {answer.refused.length > 0 && (
          <>
            <p>{m.suspects.refused(answer.refused.length)}</p>
            <ul>
              {answer.refused.map(each => (
                <li key={each.task}>
                  <span dir="auto">{nameOf(each.task)}</span>: {m.suspects.refusals[each.reason] ?? each.reason}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {answer.requeued > 0 && (
        <Button variant="default" size="compact-xs" loading={isUndoing} onClick={onUndo}>
          {m.suspects.undo}
        </Button>
      )}
      <Button variant="subtle" size="compact-xs" onClick={onClose}>
        {m.suspects.close}
      </Button>
    </div>
  );
}

/** What was taken back, and what a reviewer has before them already. */
function Undone({ answer, rows, onClose }: { answer: Withdrawn; rows: readonly Suspect[]; onClose: () => void }) {
  const nameOf = (task: string) => rows.find(row => row.task === task)?.external_id ?? task;
  return (
    <div className={css.done} role="status">
      <Icon name={answer.withdrawn > 0 ? "check" : "warning"} size={16} />
      <div>
        <p>{m.suspects.undone(answer.withdrawn)}</p>
        {answer.refused.length > 0 && (
          <ul>
            {answer.refused.map(each => (
              <li key={each.task}>
                <span dir="auto">{nameOf(each.task)}</span>: {m.suspects.stays[each.reason] ?? each.reason}
              </li>
            ))}
          </ul>
        )}
      </div>
      <Button variant="subtle" size="compact-xs" onClick={onClose}>
        {m.suspects.close}
      </Button>
    </div>
  );
}
