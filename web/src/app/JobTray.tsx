import { ActionIcon, Tooltip } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, ask, type Schemas } from "../api/client";
import { duration } from "../components/format";
import { Icon } from "../components/Icon";
import { Meter } from "../components/Meter";
import { sentence } from "../components/Problem";
import { jobs as m } from "../messages/en/jobs";
import css from "./JobTray.module.css";

type Job = Schemas["JobRow"];

const pause = 1_000;

/** Long work of the server, with its progress: it goes on when the page is left, and is here again after a reload. */
export function JobTray() {
  const client = useQueryClient();
  const jobs = useQuery({
    queryKey: ["jobs"],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/jobs", { params: { query: { limit: "20" } }, signal })),
    select: page => page.items,
    refetchInterval: query => (query.state.data?.items.some(isActive) ? pause : 30_000),
  });
  const active = jobs.data?.filter(isActive) ?? [];
  useInvalidateWhenDone(active, () => client.invalidateQueries({ queryKey: ["projects"] }));
  if (active.length === 0) return null;
  return (
    <section className={css.tray} aria-label={m.title} aria-live="polite">
      {active.map(job => (
        <Row key={job.id} job={job} />
      ))}
    </section>
  );
}

const isActive = (job: Job) => job.state === "queued" || job.state === "running";

/** What a job made is asked for again once it has ended. */
function useInvalidateWhenDone(active: readonly Job[], onEnd: () => void): void {
  const before = useRef<ReadonlySet<string>>(new Set());
  const ids = active.map(job => job.id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the set matters
  useEffect(() => {
    const now = new Set(ids.split(",").filter(Boolean));
    const ended = [...before.current].some(id => !now.has(id));
    before.current = now;
    if (ended) onEnd();
  }, [ids]);
}

function Row({ job }: { job: Job }) {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => ask(api.PUT("/api/v1/jobs/{jobId}/cancellation", { params: { path: { jobId: job.id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
  const spent = Date.now() - new Date(job.created_at).getTime();
  const left = job.progress > 0.02 ? (spent * (1 - job.progress)) / job.progress : null;
  return (
    <div className={css.job}>
      <div className={css.text}>
        <strong>{m.kind(job.kind)}</strong>
        <span className="meta">{cancel.error ? sentence(cancel.error) : left === null ? m.state(job.state) : m.left(duration(left))}</span>
        <Meter share={job.progress} label={m.kind(job.kind)} />
      </div>
      <Tooltip label={m.cancel}>
        <ActionIcon variant="subtle" aria-label={m.cancel} loading={cancel.isPending} onClick={() => cancel.mutate()}>
          <Icon name="cross" size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
