import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Problem } from "../../components/Problem";
import type { WorkbenchEngine } from "../../engine";
import { canvas as c } from "../../messages/en/canvas";
import { review as m } from "../../messages/en/review";
import { useEngineState } from "../canvas/engine";
import css from "./ReviewPage.module.css";
import type { ReviewSession } from "./reviewSession";
import type { ReviewState } from "./reviewState";

/** What stands where the picture would be: waiting, nothing to decide, another tab, a picture that cannot be shown. */
export function StageNote(props: {
  session: ReviewSession;
  state: ReviewState;
  engine: WorkbenchEngine | null;
  onQueue: () => void;
  onLeave: () => void;
}) {
  const { session, state, engine, onQueue, onLeave } = props;
  const image = useEngineState(engine, each => each.image);
  const failure = useEngineState(engine, each => each.failure);
  const reason = state.reason ?? "nothing_open";
  switch (state.phase) {
    case "opening":
      return <Waits>{m.loading}</Waits>;
    case "elsewhere":
      return (
        <Sheet title={m.elsewhere}>
          <Button onClick={() => void session.reload()}>{m.here}</Button>
        </Sheet>
      );
    case "empty":
      return (
        <Sheet title={m.emptyTitle[reason] ?? m.emptyTitle.nothing_open ?? ""} text={m.emptyText[reason]}>
          {OTHERS.has(reason) ? (
            <>
              <Button onClick={() => void session.takeAny()}>{reason === "held_enough" ? m.takeHeld : m.takeNext}</Button>
              <Button variant="default" onClick={onQueue}>
                {m.openQueue}
              </Button>
            </>
          ) : (
            <>
              <Button onClick={onLeave}>{m.leave}</Button>
              <Button variant="default" onClick={() => void session.retry()}>
                {m.lookAgain}
              </Button>
            </>
          )}
        </Sheet>
      );
    case "failed":
      return (
        <div className={css.sheet}>
          <Problem problem={state.problem} title={m.failedTitle} retry={() => void session.retry()} />
        </div>
      );
    case "case": {
      const picture = state.case?.picture;
      if (picture?.state === "missing")
        return (
          <div className={css.sheet}>
            <Problem problem={picture.problem} title={m.pictureFailed} retry={() => void session.reload()} />
          </div>
        );
      if (image?.state === "failed")
        return (
          <Sheet title={c.imageFailed} text={m.pictureUndecoded(image.reason)}>
            <Button onClick={() => void session.reload()}>{m.pictureAgain}</Button>
          </Sheet>
        );
      if (image?.state === "mismatched") return <Banner>{c.imageMismatched(image.found.width, image.found.height)}</Banner>;
      if (failure) return <Banner>{c.drawingFailed(failure)}</Banner>;
      return image?.state === "loading" ? <Waits>{c.loadingImage}</Waits> : null;
    }
  }
}

/** Reasons that speak of one case; there may be others. */
const OTHERS = new Set(["not_in_review", "taken", "own_work", "held_enough"]);

function Waits({ children }: { children: string }) {
  return (
    <p className={css.waiting} role="status">
      {children}
    </p>
  );
}

function Banner({ children }: { children: string }) {
  return (
    <p className={css.banner} role="alert">
      {children}
    </p>
  );
}

function Sheet({ title, text, children }: { title: string; text?: string | undefined; children: ReactNode }) {
  return (
    <div className={css.sheet} role="status">
      <h2>{title}</h2>
      {text && <p className="soft">{text}</p>}
      <div className={css.sheetActions}>{children}</div>
    </div>
  );
}
