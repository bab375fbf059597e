import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Link, useSearchParams } from "wouter";
import { bytes, count, duration } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Meter } from "../../components/Meter";
import { Section } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { datasets } from "../../messages/en/datasets";
import { imports as m } from "../../messages/en/imports";
import { useNewDataset } from "../datasets/useNewDataset";
import { ProjectFrame } from "../project/ProjectFrame";
import type { ProjectView } from "../project/queries";
import { Batches } from "./Batches";
import { DropZone } from "./DropZone";
import css from "./ImportPage.module.css";
import type { ImportRun, RunState } from "./importRun";
import { imports } from "./imports";
import { journal, type RunRecord } from "./journal";
import { type Dropped, fromHandle, looksLikeLabels } from "./sources";

/** Brings pictures into a project by dropping a folder or files. */
export default function ImportPage({ projectId }: { projectId: string }) {
  const [params] = useSearchParams();
  return (
    <ProjectFrame
      projectId={projectId}
      title={m.title}
      action={project =>
        project.state !== "archived" && (
          <Button component={Link} variant="default" href={`/projects/${projectId}/import/dataset`}>
            {datasets.otherTool}
          </Button>
        )
      }
    >
      {project => (
        <>
          <Importer project={project} />
          <Batches projectId={projectId} open={params.get("batch")} />
        </>
      )}
    </ProjectFrame>
  );
}

function Importer({ project }: { project: ProjectView }) {
  const run = useSyncExternalStore(imports.subscribe, () => imports.of(project.id));
  const phase = useSyncExternalStore(run?.subscribe ?? nothing, () => run?.get().phase ?? null);
  const [notice, setNotice] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [labelled, setLabelled] = useState<Dropped | null>(null);
  const bring = async (dropped: Dropped) => {
    setLabelled(null);
    if (dropped.others.length > 0) setNotice(m.leftOut(count(dropped.others.length)));
    await imports.begin(project.id, dropped).catch(setFailure);
  };
  const begin = async (from: Promise<Dropped | null> | Dropped) => {
    setNotice(null);
    setFailure(null);
    setLabelled(null);
    try {
      const dropped = await from;
      if (!dropped) setNotice(m.notAllowed);
      else if (looksLikeLabels(dropped)) setLabelled(dropped);
      else if (dropped.sources.length === 0) setNotice(m.noPictures(count(dropped.others.length)));
      else await bring(dropped);
    } catch (error) {
      setFailure(error);
    }
  };
  if (project.state === "archived") return <p className="soft">{m.archived}</p>;
  return (
    <>
      {run ? (
        <Running key={project.id} projectId={project.id} run={run} />
      ) : (
        <Interrupted projectId={project.id} onGoOn={handle => begin(fromHandle(handle))} />
      )}
      {labelled ? (
        <Labelled projectId={project.id} dropped={labelled} onPictures={() => bring(labelled)} onForget={() => setLabelled(null)} />
      ) : (
        (phase === null || phase === "done") && <DropZone title={m.drop} text={m.kinds} note={m.again} accept="image/*" onDropped={begin} />
      )}
      {notice && (
        <p role="status" className="soft">
          {notice}
        </p>
      )}
      <Problem problem={failure} />
    </>
  );
}

const nothing = () => () => undefined;

/** Somebody dropped more than pictures: perhaps what another tool wrote of them. */
function Labelled(props: { projectId: string; dropped: Dropped; onPictures: () => void; onForget: () => void }) {
  const { projectId, dropped, onPictures, onForget } = props;
  const begin = useNewDataset(projectId);
  const pictures = dropped.sources.length;
  return (
    <Panel>
      <div className={css.labelled} role="status">
        <Icon name="info" />
        <div>
          <strong>{datasets.looksLike}</strong>
          <p className="soft">{datasets.looksLikeText(count(pictures), count(dropped.others.length))}</p>
          <Problem problem={begin.error} />
        </div>
        <div className={css.choices}>
          <Button onClick={() => begin.mutate(dropped)} loading={begin.isPending}>
            {pictures > 0 ? datasets.withLabels : datasets.onlyLabels}
          </Button>
          {pictures > 0 && (
            <Button variant="default" onClick={onPictures}>
              {datasets.onlyPictures}
            </Button>
          )}
          <Button variant="subtle" onClick={onForget}>
            {datasets.forgetDrop}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

/** An import that a reload or a crash cut off. */
function Interrupted({ projectId, onGoOn }: { projectId: string; onGoOn: (handle: FileSystemDirectoryHandle) => void }) {
  const [before, setBefore] = useState<{ record: RunRecord; known: number } | null>(null);
  useEffect(() => {
    let left = false;
    void journal.read(projectId).then(async record => {
      const known = record ? await journal.count(projectId) : 0;
      if (record && !left) setBefore({ record, known });
    });
    return () => {
      left = true;
    };
  }, [projectId]);
  if (!before) return null;
  const { record, known } = before;
  return (
    <Panel>
      <div className={css.interrupted} role="status">
        <Icon name="warning" />
        <div>
          <strong>{m.interrupted(count(known), count(record.total))}</strong>
          <p className="soft">{record.handle ? m.goOnText(record.handle.name) : m.dropAgain}</p>
        </div>
        <div className={css.choices}>
          {record.handle && <Button onClick={() => record.handle && onGoOn(record.handle)}>{m.goOn}</Button>}
          <Button
            variant="default"
            onClick={async () => {
              await imports.dismiss(projectId);
              setBefore(null);
            }}
          >
            {m.forget}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function Running({ projectId, run }: { projectId: string; run: ImportRun }) {
  const client = useQueryClient();
  const state = useSyncExternalStore(run.subscribe, run.get);
  const done = state.phase === "done";
  useEffect(() => {
    if (done) void client.invalidateQueries({ queryKey: ["projects", projectId] });
  }, [done, client, projectId]);
  const seen = state.imported + state.present + state.refused.length;
  return (
    <Section title={done ? m.finished : m.running}>
      <Panel>
        <div className={css.run}>
          <div className={css.line} role="status">
            <strong>{m.ofAll(count(seen), count(state.total))}</strong>
            <span className="soft">{done ? "" : m.phases[state.phase]}</span>
            <span className="soft">{!done && state.phase === "running" && leftOf(state)}</span>
          </div>
          <Meter share={state.total === 0 ? 1 : seen / state.total} label={m.running} />
          <ul className={css.figures}>
            <li>{m.imported(count(state.imported))}</li>
            <li>{m.present(count(state.present))}</li>
            <li>{m.uploaded(count(state.uploaded))}</li>
            <li>{m.bytes(bytes(state.bytesDone), bytes(state.bytesTotal))}</li>
          </ul>
          <Refusals state={state} />
          <div className={css.choices}>
            {done ? (
              <>
                <Button component={Link} href={`/projects/${projectId}/tasks`}>
                  {m.seeTasks}
                </Button>
                {state.refused.some(each => each.passing) && (
                  <Button variant="default" onClick={() => imports.retry(projectId)}>
                    {m.tryAgain}
                  </Button>
                )}
                <Button variant="default" onClick={() => imports.dismiss(projectId)}>
                  {m.dismiss}
                </Button>
              </>
            ) : (
              <>
                <Button
                  variant="default"
                  leftSection={<Icon name={state.phase === "paused" ? "play" : "pause"} size={16} />}
                  onClick={() => (state.phase === "paused" ? run.goOn() : run.pause())}
                >
                  {state.phase === "paused" ? m.goOn : m.pause}
                </Button>
                <Button variant="subtle" onClick={() => run.stop()}>
                  {m.stop}
                </Button>
              </>
            )}
          </div>
        </div>
      </Panel>
    </Section>
  );
}

function leftOf(state: RunState): string {
  const spent = Date.now() - state.startedAt;
  if (spent < 3_000 || state.bytesDone === 0) return "";
  return m.left(duration((spent * (state.bytesTotal - state.bytesDone)) / state.bytesDone));
}

const listedMax = 200;

function Refusals({ state }: { state: RunState }) {
  if (state.refused.length === 0) return null;
  return (
    <details className={css.refused} open={state.refused.length <= 20}>
      <summary>{m.refused(count(state.refused.length))}</summary>
      <ul>
        {state.refused.slice(0, listedMax).map(each => (
          <li key={each.path}>
            <code dir="auto">{each.path}</code> <span>{m.reason(each.code, each.text)}</span>
          </li>
        ))}
        {state.refused.length > listedMax && <li>{m.moreRefused(count(state.refused.length - listedMax))}</li>}
      </ul>
    </details>
  );
}
