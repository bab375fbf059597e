import { Button, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, type Schemas } from "../../api/client";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { fieldError, Problem } from "../../components/Problem";
import { projectSettings as m } from "../../messages/en/projectSettings";
import { shell } from "../../messages/en/shell";
import { ManageExamples } from "../examples/ManageExamples";
import { ProjectFrame } from "./ProjectFrame";
import css from "./ProjectSettingsPage.module.css";
import { type ProjectView, projectQuery } from "./queries";

/** How a project's work is done, and whether it is done at all. */
export default function ProjectSettingsPage({ projectId }: { projectId: string }) {
  return (
    <ProjectFrame projectId={projectId} title={m.title}>
      {project => (
        <>
          <StateSection project={project} />
          <Form key={project.version} project={project} />
          <ManageExamples projectId={projectId} />
          <FileSection project={project} />
        </>
      )}
    </ProjectFrame>
  );
}

function StateSection({ project }: { project: ProjectView }) {
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (state: Schemas["ProjectState"]) =>
      ask(
        api.PUT("/api/v1/projects/{projectId}/state", {
          params: { path: { projectId: project.id } },
          body: { state },
          headers: { "If-Match": project.etag },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["projects"] }),
  });
  const to = (state: Schemas["ProjectState"], label: string) => (
    <Button variant="default" onClick={() => set.mutate(state)} loading={set.isPending && set.variables === state}>
      {label}
    </Button>
  );
  return (
    <Section title={m.state}>
      <Panel>
        <div className={css.form}>
          <p>{m.stateText[project.state]}</p>
          <Problem problem={set.error} />
          <div className={css.buttons}>
            {project.state === "active" && to("paused", m.pause)}
            {project.state !== "active" && to("active", m.resume)}
            {project.state !== "archived" && to("archived", m.archive)}
          </div>
        </div>
      </Panel>
    </Section>
  );
}

function Form({ project }: { project: ProjectView }) {
  const client = useQueryClient();
  const settings = project.settings;
  const [draft, setDraft] = useState({
    name: project.name,
    description: project.description,
    instructions: project.instructions,
    min: settings?.overlap.min ?? 2,
    max: settings?.overlap.max ?? 4,
    confidence: settings?.overlap.confidence ?? 0.8,
    gold: settings?.gold.rate ?? 0.05,
    audit: settings?.audit.share ?? 0.05,
    lease: settings?.lease_minutes ?? 30,
    review: settings?.review.when ?? "below_confidence",
    ...moreOf(settings),
  });
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PATCH("/api/v1/projects/{projectId}", {
          params: { path: { projectId: project.id } },
          headers: { "If-Match": project.etag },
          body: bodyOf({
            name: draft.name,
            description: draft.description,
            instructions: draft.instructions,
            overlap: { min: draft.min, max: draft.max, confidence: draft.confidence },
            gold: { rate: draft.gold, rotate_after: draft.rotate },
            training: { tasks: draft.training },
            evaluation: { tasks: draft.evaluation },
            audit: { share: draft.audit, twice: draft.twice },
            review: { when: draft.review },
            lease_minutes: draft.lease,
          }),
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: projectQuery(project.id).queryKey }),
  });
  const error = (pointer: string) => ({ error: fieldError(save.error, pointer) });
  const number =
    (name: "min" | "max" | "confidence" | "gold" | "rotate" | "training" | "evaluation" | "audit" | "twice" | "lease") =>
    (value: string | number) =>
      change({ [name]: Number(value) });
  return (
    <Section title={m.work}>
      <Panel>
        <form
          className={css.form}
          onSubmit={event => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <TextInput
            label={m.name}
            value={draft.name}
            maxLength={200}
            onChange={event => change({ name: event.currentTarget.value })}
            {...error("/name")}
          />
          <TextInput
            label={m.description}
            value={draft.description}
            onChange={event => change({ description: event.currentTarget.value })}
            {...error("/description")}
          />
          <Textarea
            label={m.instructions}
            description={m.instructionsHelp}
            autosize
            minRows={4}
            maxRows={16}
            value={draft.instructions}
            onChange={event => change({ instructions: event.currentTarget.value })}
            {...error("/instructions")}
          />
          <div className={css.row}>
            <NumberInput
              label={m.min}
              description={m.minHelp}
              min={1}
              max={100}
              value={draft.min}
              onChange={number("min")}
              {...error("/overlap/min")}
            />
            <NumberInput
              label={m.max}
              description={m.maxHelp}
              min={1}
              max={100}
              value={draft.max}
              onChange={number("max")}
              {...error("/overlap/max")}
            />
            <NumberInput
              label={m.confidence}
              description={m.confidenceHelp}
              min={0}
              max={1}
              step={0.05}
              value={draft.confidence}
              onChange={number("confidence")}
              {...error("/overlap/confidence")}
            />
          </div>
          <div className={css.row}>
            <NumberInput
              label={m.gold}
              description={m.goldHelp}
              min={0}
              max={0.5}
              step={0.01}
              value={draft.gold}
              onChange={number("gold")}
              {...error("/gold/rate")}
            />
            <NumberInput
              label={m.rotate}
              description={m.rotateHelp}
              min={0}
              max={1_000_000}
              allowDecimal={false}
              value={draft.rotate}
              onChange={number("rotate")}
              {...error("/gold/rotate_after")}
            />
            <NumberInput
              label={m.training}
              description={m.trainingHelp}
              min={0}
              max={1000}
              allowDecimal={false}
              value={draft.training}
              onChange={number("training")}
              {...error("/training/tasks")}
            />
            <NumberInput
              label={m.evaluation}
              description={m.evaluationHelp}
              min={0}
              max={1000}
              allowDecimal={false}
              value={draft.evaluation}
              onChange={number("evaluation")}
              {...error("/evaluation/tasks")}
            />
            <NumberInput
              label={m.audit}
              description={m.auditHelp}
              min={0}
              max={1}
              step={0.01}
              value={draft.audit}
              onChange={number("audit")}
              {...error("/audit/share")}
            />
            <NumberInput
              label={m.twice}
              description={m.twiceHelp}
              min={0}
              max={1}
              step={0.05}
              value={draft.twice}
              onChange={number("twice")}
              {...error("/audit/twice")}
            />
            <NumberInput
              label={m.lease}
              description={m.leaseHelp}
              min={1}
              max={1440}
              value={draft.lease}
              onChange={number("lease")}
              {...error("/lease_minutes")}
            />
          </div>
          <Select
            label={m.review}
            description={m.reviewHelp[draft.review]}
            value={draft.review}
            onChange={value => value && change({ review: value as typeof draft.review })}
            data={Object.entries(m.reviews).map(([value, label]) => ({ value, label }))}
            allowDeselect={false}
          />
          <Problem problem={save.error} />
          {save.isSuccess && (
            <p role="status" className={css.saved}>
              <Icon name="check" size={16} /> {m.saved}
            </p>
          )}
          <div>
            <Button type="submit" loading={save.isPending}>
              {shell.save}
            </Button>
          </div>
        </form>
      </Panel>
    </Section>
  );
}

/** Settings of training, evaluation, gold and audits beyond their shares. */
interface More {
  gold?: { rotate_after?: number };
  training?: { tasks?: number };
  evaluation?: { tasks?: number };
  audit?: { twice?: number };
}

function moreOf(settings: unknown) {
  const { gold, training, evaluation, audit } = (settings ?? {}) as More;
  return {
    rotate: gold?.rotate_after ?? 0,
    training: training?.tasks ?? 0,
    evaluation: evaluation?.tasks ?? 0,
    twice: audit?.twice ?? 0.2,
  };
}

const bodyOf = (body: Schemas["UpdateProjectPatch"] & More) => body;

function FileSection({ project }: { project: ProjectView }) {
  return (
    <Section title={m.file}>
      <p className="soft">{m.fileText}</p>
      <div>
        <Button
          component="a"
          variant="default"
          href={`/api/v1/projects/${project.id}/file`}
          download={`${project.name}.project.yaml`}
          leftSection={<Icon name="download" size={16} />}
        >
          {m.download}
        </Button>
      </div>
    </Section>
  );
}
