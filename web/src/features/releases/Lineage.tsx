import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useSearchParams } from "wouter";
import { api, ask } from "../../api/client";
import { percent, short } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Panel, Waiting } from "../../components/Panel";
import { type DrawableShape, Picture } from "../../components/Picture";
import { Problem } from "../../components/Problem";
import { releases as m } from "../../messages/en/releases";
import { drawableOf, useClassColours } from "../tasks/drawable";
import css from "./Lineage.module.css";
import { labelQuery, type ReleasedLabel } from "./releaseFile";

/** From one label to everything that it rests on: a click on a shape shows which responses marked it, a click on a response draws what it said. */
export function Lineage({ projectId, releaseId }: { projectId: string; releaseId: string }) {
  const [params, setParams] = useSearchParams();
  const task = params.get("label");
  const place = useRef<HTMLElement>(null);
  // Whoever comes by a label's address came to see it.
  const came = useRef(task !== null);
  const onThere = useCallback(() => {
    if (came.current) place.current?.scrollIntoView({ block: "start" });
    came.current = false;
  }, []);
  const choose = (id: string | null) => setParams(id ? { label: id } : {}, { replace: true });
  return (
    <Section title={m.lineage} ref={place}>
      <Panel>
        {task ? (
          <Label projectId={projectId} releaseId={releaseId} task={task} onThere={onThere} onClose={() => choose(null)} />
        ) : (
          <Finder projectId={projectId} onFound={choose} />
        )}
      </Panel>
    </Section>
  );
}

function Finder({ projectId, onFound }: { projectId: string; onFound: (task: string) => void }) {
  const [prefix, setPrefix] = useState("");
  const found = useQuery({
    queryKey: ["projects", projectId, "tasks", "finder", prefix],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/v1/projects/{projectId}/tasks", {
          params: {
            path: { projectId },
            query: { state: "done", purpose: "label", limit: "8", ...(prefix ? { external_id_prefix: prefix } : {}) },
          },
          signal,
        }),
      ),
  });
  return (
    <div className={css.finder}>
      <p className="soft">{m.lineageText}</p>
      <TextInput
        type="search"
        aria-label={m.findLabel}
        placeholder={m.findLabel}
        leftSection={<Icon name="search" size={16} />}
        value={prefix}
        onChange={event => setPrefix(event.currentTarget.value)}
      />
      <Problem problem={found.error} />
      <ul className={css.found}>
        {found.data?.items.map(row => (
          <li key={row.id}>
            <button type="button" onClick={() => onFound(row.id)} dir="auto">
              {row.external_id ?? row.file_name ?? short(row.id, 13)}
            </button>
          </li>
        ))}
        {found.data?.items.length === 0 && <li className="soft">{m.noLabel}</li>}
      </ul>
    </div>
  );
}

function Label(props: { projectId: string; releaseId: string; task: string; onThere: () => void; onClose: () => void }) {
  const { projectId, releaseId, task, onThere, onClose } = props;
  const label = useQuery(labelQuery(releaseId, task));
  const row = useQuery({
    queryKey: ["tasks", task],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/tasks/{taskId}", { params: { path: { taskId: task } }, signal })),
  });
  const responses = useQuery({
    queryKey: ["tasks", task, "responses"],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/tasks/{taskId}/responses", { params: { path: { taskId: task } }, signal })),
  });
  const isThere = label.data !== undefined;
  useEffect(() => {
    if (isThere) onThere();
  }, [isThere, onThere]);
  const [shape, setShape] = useState<string | null>(null);
  const [response, setResponse] = useState<string | null>(null);
  const colours = useClassColours(projectId, row.data?.ontology_version);
  // Dashed beside the released shapes; their ids are another response's own.
  const said = responses.data?.items.find(each => each.id === response)?.answers;
  const drawn = drawableOf(said, colours, true).map(each => ({ ...each, id: `${response}/${each.id}` }));
  return (
    <div className={css.label}>
      <div>
        <Button variant="default" size="compact-sm" onClick={onClose}>
          {m.otherLabel}
        </Button>
      </div>
      <Problem problem={label.error ?? row.error ?? responses.error} />
      {label.isPending && <Waiting rows={1} height={240} label={m.loading} />}
      {label.data && (
        <>
          <Picture
            asset={row.data?.asset_id ?? null}
            name={label.data.external_id ?? label.data.image.file_name}
            width={label.data.image.width}
            height={label.data.image.height}
            shapes={[...drawableOf(label.data.answers, colours), ...drawn]}
            selected={shape}
            onSelect={chosen => setShape(drawn.some(each => each.id === chosen) ? shape : chosen)}
          />
          <Facts
            label={label.data}
            looks={new Map(drawableOf(label.data.answers, colours).map(each => [each.id, each]))}
            shape={shape}
            onSelect={setShape}
            response={response}
            onResponse={setResponse}
          />
        </>
      )}
    </div>
  );
}

function Facts(props: {
  label: ReleasedLabel;
  looks: ReadonlyMap<string, DrawableShape>;
  shape: string | null;
  onSelect: (shape: string | null) => void;
  response: string | null;
  onResponse: (response: string | null) => void;
}) {
  const { label, looks, shape, onSelect, response: shown, onResponse } = props;
  const titleOf = (id: string) => looks.get(id)?.className ?? id;
  const shapes = label.confidence.flatMap(each => each.shapes ?? []);
  const chosen = shapes.find(each => each.shape === shape);
  const supports = new Set(chosen?.support.map(each => each.response));
  return (
    <div className={css.facts}>
      <p>
        <strong dir="auto">{label.external_id ?? label.image.file_name}</strong> <span className="meta">{m.origin(label.origin)}</span>
      </p>
      {shapes.length > 0 && (
        <ul className={css.shapes} aria-label={m.shapes}>
          {shapes.map(each => (
            <li key={each.shape}>
              <button type="button" aria-pressed={each.shape === shape} onClick={() => onSelect(each.shape === shape ? null : each.shape)}>
                <span className={css.dot} style={{ background: looks.get(each.shape)?.colour }} />
                {titleOf(each.shape)}
                {each.value !== undefined && <span className="meta"> {percent(each.value, 0)}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
      <h3>
        {chosen
          ? m.marked(titleOf(chosen.shape), supports.size, label.lineage.responses.length)
          : m.restsOn(label.lineage.responses.length)}
      </h3>
      <ul className={css.responses}>
        {label.lineage.responses.map(response => (
          <li key={response.response} data-faint={chosen !== undefined && !supports.has(response.response)}>
            <Icon name={chosen && !supports.has(response.response) ? "cross" : "check"} size={14} />
            <button
              type="button"
              aria-pressed={response.response === shown}
              title={m.drawResponse}
              onClick={() => onResponse(response.response === shown ? null : response.response)}
            >
              {m.response(response.contributor, response.origin)}
            </button>
            <code title={response.response}>{short(response.response, 13)}</code>
          </li>
        ))}
      </ul>
      {label.review && <p>{m.reviewed(label.review.decision, label.review.reviewer)}</p>}
      <p className="meta">{m.pseudonyms}</p>
    </div>
  );
}
