import { Button } from "@mantine/core";
import { ago } from "../../components/format";
import { Problem } from "../../components/Problem";
import { type Scene, titleOf } from "../../engine";
import { readFaultSentence } from "../../messages/en/canvas";
import { workbench as m } from "../../messages/en/workbench";
import { Notice } from "./Notice";
import type { Proposals } from "./proposals";
import css from "./Workbench.module.css";
import type { WorkSession, WorkState } from "./workSession";

/** What somebody should know of the task before they go on, and what they can do about it. */
export function Notices(props: {
  session: WorkSession;
  state: WorkState;
  scene: Scene | undefined;
  proposals: Proposals | null;
  onKeepProposals: () => void;
  onRemoveProposals: () => void;
}) {
  const { session, state, scene, proposals } = props;
  const { task } = state;
  if (state.phase !== "task" || !task) return null;
  const conflict = state.keeper?.conflict ?? null;
  const button = (label: string, onClick: () => void) => (
    <Button key={label} size="xs" variant="default" onClick={onClick}>
      {label}
    </Button>
  );
  const download = button(m.download, () => saveFile(session.exported()));
  return (
    <>
      {scene && scene.ontology.shapes.length > 0 && (
        <div className={css.phone}>
          <Notice tone="plain" icon="info" title={m.phone} />
        </div>
      )}
      {task.lease.correction && <Notice tone="attention" icon="comment" title={m.sentBackText} />}
      {proposals && !task.ended && (
        <Notice
          tone="plain"
          icon="info"
          title={m.proposedBy(proposals.origin)}
          actions={[button(m.keepProposals, props.onKeepProposals), button(m.removeProposals, props.onRemoveProposals)]}
        >
          {m.proposed(proposals.shapes.length, proposals.questions.map(titleOf))}
        </Notice>
      )}
      {task.overdue && !task.ended && (
        <Notice tone="attention" icon="wait" title={m.overdueTitle} actions={download}>
          {m.overdueText}
        </Notice>
      )}
      {task.ended && (
        <Notice
          tone="wrong"
          icon="warning"
          title={m.ended[task.ended]}
          actions={[download, button(m.discard, () => void session.discard())]}
        >
          {m.endedText[task.ended]}
        </Notice>
      )}
      {conflict && (
        <Notice
          tone="attention"
          icon="warning"
          title={m.conflictTitle}
          actions={[
            button(m.keepThis, () => void session.decide("this")),
            button(m.takeOther, () => void session.decide("other")),
            download,
          ]}
        >
          {conflict.updatedAt && conflict.content
            ? m.conflictText(ago(conflict.updatedAt), String(objectsIn(conflict.content.answers)), String(scene?.shapes.length ?? 0))
            : m.conflictBare}
        </Notice>
      )}
      {task.readFaults.length > 0 && (
        <Notice tone="attention" icon="warning" title={m.partlyTitle}>
          {task.readFaults
            .slice(0, 5)
            .map(fault => m.partly(fault.pointer, readFaultSentence[fault.code]))
            .join(" ")}
        </Notice>
      )}
      {state.submitProblem && !task.ended && (
        <div className={css.problem}>
          <Problem problem={state.submitProblem} title={m.refusedTitle} />
        </div>
      )}
    </>
  );
}

function objectsIn(answers: unknown): number {
  if (typeof answers !== "object" || answers === null) return 0;
  return Object.values(answers)
    .filter(Array.isArray)
    .reduce((sum, list) => sum + list.filter(item => typeof item === "object").length, 0);
}

function saveFile(content: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `touchstone-work-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
