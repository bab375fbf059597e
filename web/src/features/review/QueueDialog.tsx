import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Dialog } from "../../components/Dialog";
import { enDash, percent, short } from "../../components/format";
import { Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { State, type Tone } from "../../components/State";
import { review as m } from "../../messages/en/review";
import css from "./QueueDialog.module.css";
import { reviewServer } from "./reviewServer";

const tones: Readonly<Record<string, Tone>> = { yours: "good", taken: "attention" };

/** Everything that a person must decide, with the reason; one that is free is taken by pressing it. */
export function QueueDialog(props: {
  open: boolean;
  project: string;
  current: string | null;
  onTake: (task: string) => void;
  onClose: () => void;
}) {
  const { open, project, current, onTake, onClose } = props;
  return (
    <Dialog open={open} onClose={onClose} title={m.queue} width={560} side>
      {open && <Queue project={project} current={current} onTake={onTake} />}
    </Dialog>
  );
}

function Queue({ project, current, onTake }: { project: string; current: string | null; onTake: (task: string) => void }) {
  const queue = useInfiniteQuery({
    queryKey: ["projects", project, "reviews", "open"],
    queryFn: ({ pageParam }) => reviewServer.open(project, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next ?? undefined,
    staleTime: 0,
  });
  const rows = queue.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <div className={css.queue}>
      <p className="soft">{m.queueText}</p>
      {queue.isPending && <Waiting rows={6} height={44} label={m.loading} />}
      <Problem problem={queue.error} retry={() => queue.refetch()} />
      {queue.isSuccess && rows.length === 0 && <p>{m.queueEmpty}</p>}
      {rows.length > 0 && (
        <ul className={css.rows}>
          {rows.map(row => {
            const name = row.external_id ?? short(row.task, 13);
            const free = row.standing === "free" || row.standing === "yours";
            return (
              <li key={row.task}>
                <button
                  type="button"
                  className={css.row}
                  disabled={!free}
                  aria-current={row.task === current}
                  aria-label={m.takeCase(name)}
                  onClick={() => onTake(row.task)}
                >
                  <span className={css.name} dir="auto">
                    {name}
                  </span>
                  <span className={css.why}>{m.reason[row.reason] ?? row.reason}</span>
                  <span className={css.figures}>
                    {m.responses(row.responses)} · {row.confidence === null ? enDash : m.sure(percent(row.confidence, 0))}
                  </span>
                  <State tone={tones[row.standing] ?? "plain"}>{m.standing[row.standing] ?? row.standing}</State>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {queue.hasNextPage && (
        <Button variant="default" size="xs" loading={queue.isFetchingNextPage} onClick={() => queue.fetchNextPage()}>
          {m.more}
        </Button>
      )}
    </div>
  );
}
