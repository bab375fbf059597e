import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { stringify } from "yaml";
import { api, ask, type Schemas } from "../../api/client";
import { Dialog, DialogActions } from "../../components/Dialog";
import { count, enDash } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { ontology as m } from "../../messages/en/ontology";
import { shell } from "../../messages/en/shell";
import { ProjectFrame } from "../project/ProjectFrame";
import { ontologyQuery, type ProjectView } from "../project/queries";
import { OntologyWorkplace } from "./OntologyWorkplace";
import { type TextModel, useTextModel } from "./useTextModel";

/** What a project asks: its versions, and a new one with what it would do to the answers that exist. */
export default function OntologyPage({ projectId }: { projectId: string }) {
  return (
    <ProjectFrame projectId={projectId} title={m.title} wide>
      {project => <Version key={project.ontology_version} project={project} />}
    </ProjectFrame>
  );
}

function Version({ project }: { project: ProjectView }) {
  const present = useQuery(ontologyQuery(project.id, project.ontology_version));
  if (!present.data)
    return present.error ? (
      <Problem problem={present.error} retry={() => present.refetch()} />
    ) : (
      <Waiting rows={4} height={80} label={m.loading} />
    );
  return <Editor project={project} text={stringify(present.data.ontology, { lineWidth: 0 })} since={present.data.created_at} />;
}

/** Makes a project file of an ontology's text, which the server's reader can check: two lines before it, one step in. */
const inFile = {
  lines: 2,
  prefix: "/ontology",
  file: (text: string) => `name: x\nontology:\n${text.replace(/^(?=.)/gm, "  ")}`,
};

function Editor({ project, text, since }: { project: ProjectView; text: string; since: string }) {
  const model = useTextModel(text, inFile);
  const [asking, setAsking] = useState(false);
  const isChanged = model.text !== text;
  return (
    <>
      <Section
        title={m.version(project.ontology_version)}
        aside={
          <span className="meta">
            <Time at={since} />
          </span>
        }
      >
        <p className="soft">{m.versionText}</p>
        <OntologyWorkplace model={model} path={[]} isNew={false} />
        <div>
          <Button disabled={!isChanged || !model.isGood} onClick={() => setAsking(true)}>
            {m.seeChange}
          </Button>
        </div>
      </Section>
      {asking && <ChangeDialog project={project} model={model} onClose={() => setAsking(false)} />}
    </>
  );
}

function ChangeDialog({ project, model, onClose }: { project: ProjectView; model: TextModel; onClose: () => void }) {
  const client = useQueryClient();
  const params = { path: { projectId: project.id } };
  const body = { ontology: model.value };
  const preview = useQuery({
    queryKey: ["projects", project.id, "ontology_preview", model.text],
    queryFn: ({ signal }) => ask(api.POST("/api/v1/projects/{projectId}/ontologies/preview", { params, body, signal })),
    staleTime: 0,
  });
  const apply = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/projects/{projectId}/ontologies", { params, body, headers: { "If-Match": project.etag } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["projects", project.id] });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={m.change} width={760}>
      <p className="soft">{m.changeText}</p>
      <Problem problem={preview.error} retry={() => preview.refetch()} />
      {preview.isPending && <Waiting rows={3} label={m.loading} />}
      {preview.data && <Impact preview={preview.data} />}
      <Problem problem={apply.error} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button
          onClick={() => apply.mutate()}
          loading={apply.isPending}
          disabled={!preview.data || preview.data.impact.differences.length === 0}
        >
          {m.makeVersion(project.ontology_version + 1)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Impact({ preview }: { preview: Schemas["ChangeOntologyPreview"] }) {
  const { impact, responses } = preview;
  if (impact.differences.length === 0) return <p>{m.noDifference}</p>;
  return (
    <>
      <Panel>
        <p>
          <Icon name={impact.invalid > 0 ? "warning" : "check"} size={16} />{" "}
          {impact.answers === 0 ? m.noAnswers : m.impact(count(impact.valid), count(impact.invalid), count(impact.answers))}
        </p>
        {impact.already_invalid > 0 && <p className="meta">{m.alreadyInvalid(count(impact.already_invalid))}</p>}
        {responses > impact.answers && <p className="meta">{m.newest(count(impact.answers), count(responses))}</p>}
      </Panel>
      <Table label={m.differences}>
        <thead>
          <tr>
            <th scope="col">{m.difference}</th>
            <th scope="col" data-number>
              {m.invalid}
            </th>
            <th scope="col" data-number>
              {m.touched}
            </th>
          </tr>
        </thead>
        <tbody>
          {impact.differences.map(difference => (
            <tr key={difference.pointer + difference.kind}>
              <td data-wrap>{difference.description}</td>
              <td data-number>{difference.invalid > 0 ? count(difference.invalid) : enDash}</td>
              <td data-number>{difference.touched > 0 ? count(difference.touched) : enDash}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
