import { api, ask, type Schemas } from "../../api/client";
import type { JsonObject } from "../../engine";

export type TrainingTask = Schemas["NextTrainingBody"];
export type TrainingFeedback = Schemas["AnswerTrainingBody"];
export type TrainingDifference = Schemas["TrainingDifference"];

/** Null where nothing is left. */
export async function nextTraining(projectId: string): Promise<TrainingTask | null> {
  const found = await ask(api.POST("/api/v1/projects/{projectId}/training/next", { params: { path: { projectId } } }));
  return found || null;
}

export const answerTraining = (taskId: string, answers: JsonObject, activeMilliseconds: number) =>
  ask(
    api.POST("/api/v1/training/{taskId}/answers", {
      params: { path: { taskId } },
      body: { answers, active_milliseconds: activeMilliseconds },
    }),
  );

/** What a project's row in one's work says of training; null where there is none to do. */
export const trainingOf = (row: { training_left: number; training_of: number }): { left: number; of: number } | null =>
  row.training_left > 0 ? { left: row.training_left, of: row.training_of } : null;
