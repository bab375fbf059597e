import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/NumberInput.css";
import "@mantine/core/styles/ScrollArea.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { api, ask, isRecord } from "../../api/client";
import { Page, Section } from "../../components/Page";
import { Problem } from "../../components/Problem";
import { projectSettings } from "../../messages/en/projectSettings";
import { projects } from "../../messages/en/projects";
import { wizard as m } from "../../messages/en/wizard";
import { OntologyWorkplace } from "../ontology/OntologyWorkplace";
import { type TextModel, useTextModel } from "../ontology/useTextModel";
import type { Path } from "../ontology/yamlText";
import { classesOf } from "../tasks/drawable";
import css from "./WizardPage.module.css";

const draftKey = "touchstone-new-project";
const first = `name: ""\nontology:\n  packs: []\n  questions: []\n`;

/** A new project: forms and YAML beside each other, always equal, checked by the server's own reader while one types. */
export default function WizardPage() {
  const [, go] = useLocation();
  const client = useQueryClient();
  const [kept] = useState(() => localStorage.getItem(draftKey));
  const model = useTextModel(kept ?? first);
  useEffect(() => {
    // What was begun survives a reload; it goes once the project is made.
    if (model.text !== first) localStorage.setItem(draftKey, model.text);
  }, [model.text]);
  const create = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/api/v1/projects", {
          body: model.text,
          bodySerializer: body => body,
          headers: { "Content-Type": "application/yaml" },
          params: {},
        }),
      ),
    onSuccess: async project => {
      localStorage.removeItem(draftKey);
      await client.invalidateQueries({ queryKey: ["projects"] });
      go(`/projects/${project.id}`);
    },
  });
  const beginAnew = () => {
    model.setText(first);
    localStorage.removeItem(draftKey);
  };
  const button = (
    <Button onClick={() => create.mutate()} loading={create.isPending} disabled={!model.isGood}>
      {m.create}
    </Button>
  );
  return (
    <Page
      title={m.title}
      crumbs={[{ label: projects.title, href: "/projects" }]}
      wide
      lead={<span>{m.lead}</span>}
      action={
        <>
          {model.text !== first && (
            <Button variant="subtle" onClick={beginAnew}>
              {m.beginAnew}
            </Button>
          )}
          {button}
        </>
      }
    >
      <Problem problem={create.error} title={create.error ? m.notMade : ""} />
      <OntologyWorkplace
        model={model}
        path={["ontology"]}
        isNew
        isBlank={model.text === first}
        before={
          <>
            <Basics model={model} />
            <Packs model={model} />
            <Work model={model} />
            <h2 className={css.questions}>{m.questions}</h2>
          </>
        }
      />
    </Page>
  );
}

function Basics({ model }: { model: TextModel }) {
  const value = isRecord(model.value) ? model.value : {};
  const text = (key: string) => ({
    value: typeof value[key] === "string" ? value[key] : "",
    error: value[key] === "" && key === "name" ? undefined : model.at([key]),
    onChange: (event: { currentTarget: { value: string } }) =>
      model.set([key], event.currentTarget.value || (key === "name" ? "" : undefined)),
  });
  return (
    <Section title={m.basics}>
      <TextInput label={m.name} maxLength={200} required withAsterisk={false} {...text("name")} />
      <TextInput label={m.description} description={m.descriptionHelp} {...text("description")} />
      <Textarea label={m.instructions} description={m.instructionsHelp} autosize minRows={3} maxRows={12} {...text("instructions")} />
    </Section>
  );
}

function Packs({ model }: { model: TextModel }) {
  const packs = useQuery({
    queryKey: ["ontology_packs"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => ask(api.GET("/api/v1/ontology_packs", { signal })),
  });
  const chosen = packsOf(model.value);
  const toggle = (name: string) =>
    model.set(["ontology", "packs"], chosen.includes(name) ? chosen.filter(each => each !== name) : [...chosen, name]);
  return (
    <Section title={m.packs}>
      <p className="soft">{m.packsText}</p>
      <Problem problem={packs.error} retry={() => packs.refetch()} />
      <div className={css.packs}>
        {packs.data?.items.map(pack => (
          <Checkbox
            key={pack.name}
            label={m.pack(pack.name)}
            description={<PackClasses name={pack.name} />}
            checked={chosen.includes(pack.name)}
            onChange={() => toggle(pack.name)}
          />
        ))}
      </div>
      {model.at(["ontology", "packs"]) && <p className={css.fault}>{model.at(["ontology", "packs"])}</p>}
    </Section>
  );
}

/** What one may mark with a pack, as its classes' titles. */
function PackClasses({ name }: { name: string }) {
  const pack = useQuery({
    queryKey: ["ontology_packs", name],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => ask(api.GET("/api/v1/ontology_packs/{packName}", { params: { path: { packName: name } }, signal })),
  });
  return [...classesOf(pack.data?.ontology).values()].map(each => each.title).join(", ");
}

function packsOf(value: unknown): string[] {
  const ontology = isRecord(value) ? value.ontology : null;
  return isRecord(ontology) && Array.isArray(ontology.packs) ? ontology.packs.map(String) : [];
}

function Work({ model }: { model: TextModel }) {
  const value = isRecord(model.value) ? model.value : {};
  const inner = (owner: string, key: string) => (isRecord(value[owner]) ? value[owner][key] : undefined);
  const number = (path: Path, present: unknown, standard: number) => ({
    placeholder: String(standard),
    value: typeof present === "number" ? present : ("" as const),
    onChange: (next: string | number) => model.set(path, next === "" ? undefined : Number(next)),
    error: model.at(path),
  });
  const review = inner("review", "when");
  return (
    <details className={css.work}>
      <summary>
        <h2>{m.work}</h2> <span className="meta">{m.workHelp}</span>
      </summary>
      <div className={css.grid}>
        <NumberInput
          label={projectSettings.min}
          description={projectSettings.minHelp}
          min={1}
          max={100}
          {...number(["overlap", "min"], inner("overlap", "min"), 2)}
        />
        <NumberInput
          label={projectSettings.max}
          description={projectSettings.maxHelp}
          min={1}
          max={100}
          {...number(["overlap", "max"], inner("overlap", "max"), 4)}
        />
        <NumberInput
          label={projectSettings.confidence}
          description={projectSettings.confidenceHelp}
          min={0}
          max={1}
          step={0.05}
          {...number(["overlap", "confidence"], inner("overlap", "confidence"), 0.8)}
        />
        <NumberInput
          label={projectSettings.gold}
          description={projectSettings.goldHelp}
          min={0}
          max={0.5}
          step={0.01}
          {...number(["gold", "rate"], inner("gold", "rate"), 0.05)}
        />
        <NumberInput
          label={projectSettings.rotate}
          description={projectSettings.rotateHelp}
          min={0}
          max={1_000_000}
          allowDecimal={false}
          {...number(["gold", "rotate_after"], inner("gold", "rotate_after"), 0)}
        />
        <NumberInput
          label={projectSettings.training}
          description={projectSettings.trainingHelp}
          min={0}
          max={1000}
          allowDecimal={false}
          {...number(["training", "tasks"], inner("training", "tasks"), 0)}
        />
        <NumberInput
          label={projectSettings.evaluation}
          description={projectSettings.evaluationHelp}
          min={0}
          max={1000}
          allowDecimal={false}
          {...number(["evaluation", "tasks"], inner("evaluation", "tasks"), 0)}
        />
        <NumberInput
          label={projectSettings.audit}
          description={projectSettings.auditHelp}
          min={0}
          max={1}
          step={0.01}
          {...number(["audit", "share"], inner("audit", "share"), 0.05)}
        />
        <NumberInput
          label={projectSettings.twice}
          description={projectSettings.twiceHelp}
          min={0}
          max={1}
          step={0.05}
          {...number(["audit", "twice"], inner("audit", "twice"), 0.2)}
        />
        <NumberInput
          label={projectSettings.lease}
          description={projectSettings.leaseHelp}
          min={1}
          max={1440}
          {...number(["lease_minutes"], value.lease_minutes, 30)}
        />
        <Select
          label={projectSettings.review}
          value={typeof review === "string" ? review : "below_confidence"}
          onChange={when => when && model.set(["review", "when"], when)}
          data={Object.entries(projectSettings.reviews).map(([key, label]) => ({ value: key, label }))}
          allowDeselect={false}
          error={model.at(["review", "when"])}
        />
      </div>
    </details>
  );
}
