import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { percent } from "../../components/format";
import { Meter } from "../../components/Meter";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { datasets as m } from "../../messages/en/datasets";
import { jobs } from "../../messages/en/jobs";
import css from "./DatasetPage.module.css";
import { cancelJob, type Dataset, datasetQuery } from "./server";

/** The work on a data set that is under way. */
export function JobPanel({ dataset, title }: { dataset: Dataset; title: string }) {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: (id: string) => cancelJob(id),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["jobs"] }),
        client.invalidateQueries({ queryKey: datasetQuery(dataset.id).queryKey }),
      ]),
  });
  const { job } = dataset;
  if (!job) return null;
  return (
    <Panel>
      <div className={css.stack}>
        <div className={css.line} role="status">
          <strong>{title}</strong>
          <span className="soft numbers">{job.state === "queued" ? jobs.state(job.state) : percent(job.progress, 0)}</span>
        </div>
        <Meter share={job.progress} label={title} />
        <Problem problem={cancel.error} />
        <div>
          <Button variant="default" onClick={() => cancel.mutate(job.id)} loading={cancel.isPending}>
            {m.cancel}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

/** Work that ended otherwise than it should: what happened, and what to do. */
export function JobEnd({ title, text, again, onAgain }: { title: string; text: string | null; again: string; onAgain: () => void }) {
  return (
    <div className={css.ended} role="alert">
      <div className={css.stack}>
        <strong>{title}</strong>
        {text && <p>{text}</p>}
        <div>
          <Button variant="default" onClick={onAgain}>
            {again}
          </Button>
        </div>
      </div>
    </div>
  );
}
