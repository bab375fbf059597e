import { useSyncExternalStore } from "react";
import { ago, enDash, exact } from "./format";

/** One clock for all relative times of a page: they are told anew twice a minute. */
const listeners = new Set<() => void>();
let tick = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick++;
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A time from now, with the exact one on hover; nothing is an en dash. */
export function Time({ at }: { at: string | null | undefined }) {
  useSyncExternalStore(subscribe, () => tick);
  if (!at) return <>{enDash}</>;
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(at)}
    </time>
  );
}
