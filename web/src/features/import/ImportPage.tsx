import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Link, useSearchParams } from "wouter";
import { bytes, count, duration } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Meter } from "../../components/Meter";
import { Section } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { imports as m } from "../../messages/en/imports";
import { ProjectFrame } from "../project/ProjectFrame";
import type { ProjectView } from "../project/queries";
import { Batches } from "./Batches";
import css from "./ImportPage.module.css";
import type { ImportRun, RunState } from "./importRun";
import { imports } from "./imports";
import { journal, type RunRecord } from "./journal";
import { type Dropped, fromDrop, fromFiles, fromHandle } from "./sources";

/** Brings pictures into a project by dropping a folder or files. */
export default function ImportPage({ projectId }: { projectId: string }) {
  const [params] = useSearchParams();
  return (
    <ProjectFrame projectId={projectId} title={m.title}>
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
  const begin = async (from: Promise<Dropped | null> | Dropped) => {
    setNotice(null);
    setFailure(null);
    try {
      const dropped = await from;
      if (!dropped) setNotice(m.notAllowed);
      else if (dropped.sources.length === 0) setNotice(m.noPictures(count(dropped.leftOut)));
      else {
        if (dropped.leftOut > 0) setNotice(m.leftOut(count(dropped.leftOut)));
        await imports.begin(project.id, dropped);
      }
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
      {(phase === null || phase === "done") && <DropZone onDropped={begin} />}
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

function DropZone({ onDropped }: { onDropped: (dropped: Promise<Dropped> | Dropped) => void }) {
  const [over, setOver] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === "dragover");
  };
  const choose = (input: HTMLInputElement) => {
    if (input.files && input.files.length > 0) onDropped(fromFiles(input.files));
    input.value = "";
  };
  return (
    <section
      className={css.zone}
      data-over={over}
      aria-label={m.drop}
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={event => {
        drag(event);
        onDropped(fromDrop(event.dataTransfer.items));
      }}
    >
      <Icon name="image" size={32} />
      <h2>{m.drop}</h2>
      <p className="soft">{m.kinds}</p>
      <div className={css.choices}>
        <Button onClick={() => folder.current?.click()}>{m.chooseFolder}</Button>
        <Button variant="default" onClick={() => files.current?.click()}>
          {m.chooseFiles}
        </Button>
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        aria-label={m.chooseFolder}
        data-testid="folder"
        {...{ webkitdirectory: "" }}
        onChange={event => choose(event.currentTarget)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept="image/*"
        aria-label={m.chooseFiles}
        data-testid="files"
        onChange={event => choose(event.currentTarget)}
      />
      <p className="meta">{m.again}</p>
    </section>
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
