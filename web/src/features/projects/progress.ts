import type { Schemas } from "../../api/client";
import type { Part } from "../../components/Meter";
import { projects as m } from "../../messages/en/projects";

export type Progress = Schemas["Progress"];

/** A project's tasks by state, in the order of their way. */
export function partsOf(progress: Progress): readonly Part[] {
  return [
    { label: m.taskStates.done, count: progress.done, tone: "done" },
    { label: m.taskStates.in_review, count: progress.in_review, tone: "review" },
    { label: m.taskStates.open, count: progress.open, tone: "open" },
    { label: m.taskStates.withdrawn, count: progress.withdrawn, tone: "withdrawn" },
  ];
}
