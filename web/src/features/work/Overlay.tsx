import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { Icon } from "../../components/Icon";
import { Problem } from "../../components/Problem";
import type { WorkbenchEngine } from "../../engine";
import { canvas as c } from "../../messages/en/canvas";
import { training } from "../../messages/en/training";
import { workbench as m } from "../../messages/en/workbench";
import { useEngineState } from "../canvas/engine";
import css from "./Workbench.module.css";
import type { WorkSession, WorkState } from "./workSession";

/** What stands where the picture would be: waiting, nothing there, another tab, a picture that cannot be shown. */
export function Overlay(props: {
  projectId: string;
  session: WorkSession;
  state: WorkState;
  engine: WorkbenchEngine | null;
  failedImage: string | null;
  onSkip: () => void;
}) {
  const { projectId, session, state, engine, failedImage, onSkip } = props;
  const image = useEngineState(engine, each => each.image);
  const failure = useEngineState(engine, each => each.failure);
  const [, go] = useLocation();
  const { task } = state;
  switch (state.phase) {
    case "opening":
      return (
        <Cover>
          <Waits>{m.opening}</Waits>
        </Cover>
      );
    case "elsewhere":
      return (
        <Cover>
          <Sheet title={state.wasHere ? m.wasHereTitle : m.elsewhereTitle} text={state.wasHere ? m.wasHereText : m.elsewhereText}>
            <Button onClick={() => void session.takeOver()}>{state.wasHere ? m.workHereAgain : m.workHere}</Button>
          </Sheet>
        </Cover>
      );
    case "empty":
      if (state.reason === "training")
        return (
          <Cover>
            <Sheet title={training.firstTitle} text={training.firstText}>
              <Button onClick={() => go(`/work/${projectId}/training`)}>{training.toTraining}</Button>
              <Button variant="default" onClick={() => go("/work")}>
                {m.back}
              </Button>
            </Sheet>
          </Cover>
        );
      return (
        <Cover>
          <Sheet title={m.empty[state.reason ?? ""] ?? m.emptyOther} text={m.emptyText[state.reason ?? ""] ?? ""}>
            <Button onClick={() => go("/work")}>{m.back}</Button>
            <Button variant="default" onClick={() => void session.retry()}>
              {m.lookAgain}
            </Button>
          </Sheet>
        </Cover>
      );
    case "failed":
      return (
        <Cover>
          <div className={css.sheet}>
            <Problem problem={state.problem} title={m.failedTitle} retry={() => void session.retry()} />
          </div>
        </Cover>
      );
    case "task": {
      if (task?.picture.state === "missing")
        return (
          <div className={css.sheet}>
            <Problem problem={task.picture.problem} title={m.pictureMissing} retry={() => void session.reload()} />
            <SkipLine onSkip={onSkip} />
          </div>
        );
      if (failedImage !== null)
        return (
          <Sheet title={c.imageFailed} text={m.pictureFailedText(failedImage.replace(/\.$/, ""))}>
            <Button variant="default" onClick={() => void session.reload()}>
              {m.tryAgain}
            </Button>
            <Button onClick={onSkip}>{m.skip}</Button>
          </Sheet>
        );
      if (image?.state === "mismatched")
        return (
          <div className={css.banner} role="alert">
            <Icon name="warning" size={16} />
            {c.imageMismatched(image.found.width, image.found.height)}
            <SkipLine onSkip={onSkip} />
          </div>
        );
      if (failure)
        return (
          <div className={css.banner} role="alert">
            <Icon name="warning" size={16} />
            {c.drawingFailed(failure)}
          </div>
        );
      return image?.state === "loading" ? <Waits>{c.loadingImage}</Waits> : null;
    }
  }
}

function Waits({ children }: { children: string }) {
  return (
    <p className={css.waiting} role="status">
      {children}
    </p>
  );
}

function SkipLine({ onSkip }: { onSkip: () => void }) {
  return (
    <Button variant="default" size="xs" onClick={onSkip}>
      {m.skip}
    </Button>
  );
}

/** Over the canvas, where there is no picture to look at. */
function Cover({ children }: { children: ReactNode }) {
  return <div className={css.cover}>{children}</div>;
}

function Sheet({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className={css.sheet} role="status">
      <h2>{title}</h2>
      <p className="soft">{text}</p>
      <div className={css.sheetActions}>{children}</div>
    </div>
  );
}
