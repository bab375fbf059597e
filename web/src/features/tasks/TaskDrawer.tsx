import { Button, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { api, ask, isRecord, type Schemas } from "../../api/client";
import { Dialog } from "../../components/Dialog";
import { duration, enDash, percent, short } from "../../components/format";
import { Waiting } from "../../components/Panel";
import { Picture } from "../../components/Picture";
import { Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { tasks as m } from "../../messages/en/tasks";
import { UseForTraining } from "../gold/UseForTraining";
import { contributorsQuery, ontologyQuery, type ProjectView } from "../project/queries";
import { type Stopping, StoppingRule } from "../quality/StoppingRule";
import { choicesOf, classesOf, drawableOf } from "./drawable";
import css from "./TaskDrawer.module.css";
import { TaskStateWord } from "./TaskGrid";

/** One task: its picture with the consensus or one response laid over it, and who said what. */
export function TaskDrawer({ project, taskId, onClose }: { project: ProjectView; taskId: string | null; onClose: () => void }) {
  return (
    <Dialog open={taskId !== null} onClose={onClose} title={m.one} width={720} side>
      {taskId && <Task key={taskId} project={project} taskId={taskId} />}
    </Dialog>
  );
}

function Task({ project, taskId }: { project: ProjectView; taskId: string }) {
  const path = { params: { path: { taskId } } };
  const task = useQuery({
    queryKey: ["tasks", taskId],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/tasks/{taskId}", { ...path, signal })),
  });
  const consensus = useQuery({
    queryKey: ["tasks", taskId, "consensus"],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/tasks/{taskId}/consensus", { ...path, signal })),
  });
  const responses = useQuery({
    queryKey: ["tasks", taskId, "responses"],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/tasks/{taskId}/responses", { ...path, signal })),
  });
  const asset = useQuery({
    queryKey: ["assets", task.data?.asset_id],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/assets/{assetId}", { params: { path: { assetId: task.data?.asset_id ?? "" } }, signal })),
    enabled: Boolean(task.data?.asset_id),
  });
  const people = useQuery(contributorsQuery(project.id));
  const ontology = useQuery({ ...ontologyQuery(project.id, task.data?.ontology_version ?? 0), enabled: task.data !== undefined });
  const looks = classesOf(ontology.data?.ontology);
  const [chosen, setChosen] = useState<string | null>(null);
  const [shape, setShape] = useState<string | null>(null);
  if (!task.data) return task.error ? <Problem problem={task.error} /> : <Waiting rows={1} height={320} label={m.loading} />;
  const stopping = stoppingOf(consensus.data);
  const inForce = responses.data?.items.filter(row => row.is_in_force) ?? [];
  const shown = inForce.find(row => row.id === chosen);
  const answers = shown ? shown.answers : consensus.data?.consensus?.answers;
  const nameOf = (id: string | null) => people.data?.find(row => row.contributor === id)?.display_name ?? (id ? short(id, 8) : enDash);
  const shapes = drawableOf(answers, looks, shown !== undefined);
  return (
    <div className={css.task}>
      <p className={css.name} dir="auto">
        <strong>{task.data.external_id ?? task.data.file_name ?? task.data.id}</strong>
      </p>
      {asset.data ? (
        <Picture
          asset={asset.data.withdrawn_at ? null : asset.data.id}
          name={task.data.file_name ?? task.data.id}
          width={asset.data.width_px}
          height={asset.data.height_px}
          shapes={shapes}
          selected={shape}
          onSelect={setShape}
        />
      ) : (
        <Problem problem={asset.error} />
      )}
      <div className={css.views} role="toolbar" aria-label={m.show}>
        <button type="button" aria-pressed={!shown} onClick={() => setChosen(null)}>
          {m.consensus}
          {consensus.data?.consensus && <span className="meta"> {percent(consensus.data.consensus.confidence, 0)}</span>}
        </button>
        {inForce.map(row => (
          <button key={row.id} type="button" aria-pressed={row.id === chosen} onClick={() => setChosen(row.id)} dir="auto">
            {nameOf(row.contributor)}
          </button>
        ))}
      </div>
      <Problem problem={consensus.error ?? responses.error} />
      {!shown && consensus.data && !consensus.data.consensus && <p className="soft">{m.noConsensus}</p>}
      <Said answers={answers} ontology={ontology.data?.ontology} shapes={shapes} selected={shape} onSelect={setShape} />
      {stopping && <StoppingRule stopping={stopping} />}
      <Facts task={task.data} shown={shown} />
      <Steps project={project} task={task.data} decided={task.data.state === "done" ? consensus.data?.consensus?.answers : undefined} />
    </div>
  );
}

/** Why it stopped or goes on; gold and training stop by no rule. */
function stoppingOf(body: unknown): Stopping | null {
  const stopping = isRecord(body) ? body.stopping : null;
  return isRecord(stopping) && typeof stopping.sentence === "string" ? (stopping as unknown as Stopping) : null;
}

function Said(props: {
  answers: unknown;
  ontology: unknown;
  shapes: ReturnType<typeof drawableOf>;
  selected: string | null;
  onSelect: (shape: string | null) => void;
}) {
  const { answers, ontology, shapes, selected, onSelect } = props;
  const choices = choicesOf(answers, ontology);
  if (shapes.length === 0 && choices.length === 0) return null;
  return (
    <ul className={css.said} aria-label={m.said}>
      {shapes.map(each => (
        <li key={each.id}>
          <button type="button" aria-pressed={each.id === selected} onClick={() => onSelect(each.id === selected ? null : each.id)}>
            <span className={css.dot} style={{ background: each.colour }} />
            {each.className}
          </button>
        </li>
      ))}
      {choices.map(choice => (
        <li key={choice.question} dir="auto">
          {m.answered(choice.question, choice.answer)}
        </li>
      ))}
    </ul>
  );
}

function Facts({ task, shown }: { task: Schemas["TaskRow"]; shown: Schemas["ListResponsesRow"] | undefined }) {
  return (
    <dl className={css.facts}>
      <div>
        <dt>{m.state}</dt>
        <dd>
          <TaskStateWord state={task.state} />
        </dd>
      </div>
      <div>
        <dt>{m.agreement}</dt>
        <dd>{task.agreement === null ? enDash : percent(task.agreement)}</dd>
      </div>
      <div>
        <dt>{m.responsesTitle}</dt>
        <dd>{m.given(task.response_count, task.overlap)}</dd>
      </div>
      <div>
        <dt>{m.purpose}</dt>
        <dd>{m.purposes[task.purpose] ?? task.purpose}</dd>
      </div>
      <div>
        <dt>{m.imported}</dt>
        <dd>
          <Time at={task.created_at} />
        </dd>
      </div>
      {shown && (
        <div>
          <dt>{m.thisResponse}</dt>
          <dd>
            <Time at={shown.submitted_at} />, {duration(shown.active_milliseconds)}
            {shown.simulated && `, ${m.simulated}`}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Steps({ project, task, decided }: { project: ProjectView; task: Schemas["TaskRow"]; decided: unknown }) {
  const client = useQueryClient();
  const priority = useMutation({
    mutationFn: (value: number) =>
      ask(api.PUT("/api/v1/tasks/{taskId}/priority", { params: { path: { taskId: task.id } }, body: { priority: value } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tasks", task.id] }),
  });
  return (
    <div className={css.steps}>
      {task.state === "open" && (
        <Select
          label={m.priority}
          description={m.priorityHelp}
          value={String(task.priority)}
          onChange={value => value && priority.mutate(Number(value))}
          data={Array.from({ length: 10 }, (_, i) => String(9 - i))}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      {task.state === "in_review" && (
        <Button component={Link} href={`/projects/${project.id}/review`} variant="default">
          {m.review}
        </Button>
      )}
      {decided !== undefined && task.purpose === "label" && task.asset_id && (
        <UseForTraining projectId={project.id} asset={task.asset_id} name={task.external_id ?? task.id} answers={decided} />
      )}
      <Problem problem={priority.error} />
    </div>
  );
}
