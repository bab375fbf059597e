import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { Dialog, DialogActions } from "../../components/Dialog";
import { bytes, count } from "../../components/format";
import { Section } from "../../components/Page";
import { Empty, Waiting } from "../../components/Panel";
import { isMissing, Problem } from "../../components/Problem";
import { State, type Tone } from "../../components/State";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { datasets as m } from "../../messages/en/datasets";
import { imports } from "../../messages/en/imports";
import { shell } from "../../messages/en/shell";
import { DropZone } from "../import/DropZone";
import type { Dropped } from "../import/sources";
import { ProjectFrame } from "../project/ProjectFrame";
import type { ProjectView } from "../project/queries";
import { ContentsStep } from "./ContentsStep";
import css from "./DatasetPage.module.css";
import { FilesStep } from "./FilesStep";
import { ImportStep } from "./ImportStep";
import { MappingStep } from "./MappingStep";
import { knownFirst, reachable, type Step, stepOf } from "./plan";
import { Steps } from "./Steps";
import { type Dataset, datasetQuery, datasetsQuery, type Format, formatsQuery, isBusy, removeDataset } from "./server";
import { uploads } from "./uploads";
import { useNewDataset } from "./useNewDataset";
import { usePlan } from "./usePlan";

/** Labels of another tool: uploaded, looked at, mapped, imported. Everything but what is being typed lives on the server, so each step survives a reload. */
export default function DatasetPage({ projectId }: { projectId: string }) {
  const [params] = useSearchParams();
  const datasetId = params.get("dataset");
  // Taken apart here: what is read only within the frame would not bring this page up to date.
  const { data, error, isPending, refetch } = useQuery({ ...datasetQuery(datasetId ?? ""), enabled: datasetId !== null });
  return (
    <ProjectFrame
      projectId={projectId}
      title={m.title}
      lead={<span dir="auto">{datasetId === null ? m.lead : data?.name}</span>}
      action={() => data && <Remove projectId={projectId} dataset={data} />}
    >
      {project =>
        datasetId === null ? (
          <Beginning project={project} />
        ) : isMissing(error) ? (
          <Empty title={m.missing} action={<Link href={`/projects/${projectId}/import/dataset`}>{m.toOthers}</Link>}>
            <p>{m.missingText}</p>
          </Empty>
        ) : (
          <>
            <Problem problem={error} retry={() => refetch()} />
            {isPending && <Waiting rows={3} height={72} label={m.loading} />}
            {data && <Wizard key={datasetId} project={project} dataset={data} />}
          </>
        )
      }
    </ProjectFrame>
  );
}

function Beginning({ project }: { project: ProjectView }) {
  const begin = useNewDataset(project.id);
  const formats = useQuery(formatsQuery);
  const others = useQuery(datasetsQuery(project.id));
  const [notice, setNotice] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const known = formats.data?.filter(format => format.reads && !format.id.startsWith("touchstone")) ?? [];
  const drop = async (from: Promise<Dropped> | Dropped) => {
    setNotice(null);
    setFailure(null);
    try {
      const dropped = await from;
      if (dropped.sources.length + dropped.others.length === 0) setNotice(m.nothingDropped);
      else begin.mutate(dropped);
    } catch (error) {
      setFailure(error);
    }
  };
  if (project.state === "archived") return <p className="soft">{imports.archived}</p>;
  return (
    <>
      <DropZone title={m.drop} text={m.dropKinds(known.length > 0 ? named(known) : "")} note={m.remains} onDropped={drop} />
      {notice && (
        <p role="status" className="soft">
          {notice}
        </p>
      )}
      <Problem problem={failure ?? begin.error ?? others.error} />
      {others.data && others.data.length > 0 && <Others projectId={project.id} rows={others.data} />}
    </>
  );
}

const namedMax = 5;

/** Formats as their first few names and how many more there are. */
function named(formats: readonly Format[]): string {
  const names = knownFirst(formats).map(format => format.name);
  return m.known(names.slice(0, namedMax).join(", "), names.length - namedMax);
}

function Others({ projectId, rows }: { projectId: string; rows: readonly Dataset[] }) {
  return (
    <Section title={m.waiting}>
      <Table label={m.waiting}>
        <thead>
          <tr>
            <th scope="col">{m.columns.name}</th>
            <th scope="col">{m.columns.state}</th>
            <th scope="col" data-number data-wide>
              {m.columns.files}
            </th>
            <th scope="col" data-number data-wide>
              {m.columns.size}
            </th>
            <th scope="col" data-wide>
              {m.columns.when}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.id}>
              <td data-clip title={row.name}>
                <Link data-row href={`/projects/${projectId}/import/dataset?dataset=${row.id}`} dir="auto">
                  {row.name}
                </Link>
                <span data-narrow className="meta">
                  <Time at={row.created_at} />
                </span>
              </td>
              <td>
                <DatasetState dataset={row} />
              </td>
              <td data-number data-wide>
                {count(row.files)}
              </td>
              <td data-number data-wide>
                {bytes(row.bytes)}
              </td>
              <td data-wide>
                <Time at={row.created_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="meta">{m.waitingText}</p>
    </Section>
  );
}

function DatasetState({ dataset }: { dataset: Dataset }) {
  const [tone, word] = stateOf(dataset);
  return (
    <State tone={tone} {...(tone === "good" ? { icon: "check" } : tone === "wrong" ? { icon: "warning" } : {})}>
      {m.states[word]}
    </State>
  );
}

function stateOf(dataset: Dataset): [Tone, keyof typeof m.states] {
  const { job } = dataset;
  const isImport = job?.kind === "import_dataset";
  if (isBusy(dataset)) return ["plain", isImport ? "importing" : "reading"];
  if (job?.state === "failed") return ["wrong", "failed"];
  if (job?.state === "cancelled") return ["attention", "stopped"];
  if (dataset.imported) return ["good", "imported"];
  if (dataset.survey) return ["plain", "read"];
  return ["plain", dataset.files > 0 ? "uploaded" : "empty"];
}

function Wizard({ project, dataset }: { project: ProjectView; dataset: Dataset }) {
  const [params, setParams] = useSearchParams();
  const planning = usePlan(project, dataset);
  const run = useSyncExternalStore(uploads.subscribe, () => uploads.of(dataset.id));
  const phase = useSyncExternalStore(run?.subscribe ?? nothing, () => run?.get().phase ?? null);
  const uploading = phase !== null && phase !== "done" && phase !== "cancelled";
  const step = stepOf(dataset, uploading, params.get("step"));
  const may = reachable(dataset, uploading);
  const go = (to: Step) => setParams({ dataset: dataset.id, step: to });
  const { plan, report } = planning;
  const read = () => {
    if (phase === "done" && run?.get().refused.length === 0) uploads.dismiss(dataset.id);
    if (plan && !isBusy(dataset) && !report) planning.survey.mutate(plan);
    go("contents");
  };
  return (
    <div className={css.wizard}>
      <Steps step={step} reachable={may} hrefOf={to => `?dataset=${dataset.id}&step=${to}`} />
      {step === "files" && <FilesStep dataset={dataset} onNext={read} />}
      {step === "contents" && (
        <ContentsStep dataset={dataset} planning={planning} onFiles={() => go("files")} onNext={() => go("mapping")} />
      )}
      {step === "mapping" &&
        (plan && report ? (
          <MappingStep project={project} dataset={dataset} planning={planning} plan={plan} report={report} onNext={() => go("import")} />
        ) : (
          <ContentsStep dataset={dataset} planning={planning} onFiles={() => go("files")} onNext={() => go("mapping")} />
        ))}
      {step === "import" && plan && (
        <ImportStep projectId={project.id} dataset={dataset} planning={planning} plan={plan} onMapping={() => go("mapping")} />
      )}
    </div>
  );
}

const nothing = () => () => undefined;

/** Undo: the uploaded files go, and with them everything that was said about them here. */
function Remove({ projectId, dataset }: { projectId: string; dataset: Dataset }) {
  const client = useQueryClient();
  const [, go] = useLocation();
  const [open, setOpen] = useState(false);
  const remove = useMutation({
    mutationFn: () => {
      uploads.of(dataset.id)?.cancel();
      return removeDataset(dataset.id);
    },
    onSuccess: async () => {
      uploads.dismiss(dataset.id);
      go(`/projects/${projectId}/import/dataset`);
      client.removeQueries({ queryKey: datasetQuery(dataset.id).queryKey });
      await client.invalidateQueries({ queryKey: datasetsQuery(projectId).queryKey });
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {m.remove}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={m.removeTitle}>
        <p>{m.removeText(count(dataset.files), bytes(dataset.bytes))}</p>
        <Problem problem={remove.error} />
        <DialogActions>
          <Button variant="default" onClick={() => setOpen(false)}>
            {shell.cancel}
          </Button>
          <Button onClick={() => remove.mutate()} loading={remove.isPending}>
            {m.removeNow}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
