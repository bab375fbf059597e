import { useEffect, useState } from "react";
import { api, ask } from "../../api/client";
import type { JsonValue, WorkbenchEngine } from "../../engine";
import { watchPage } from "../work/page";
import { workServer } from "../work/server";
import { answerTraining, nextTraining, type TrainingTask } from "./server";
import { type Kept, type TrainingServer, TrainingSession } from "./trainingSession";

const server: TrainingServer = {
  next: nextTraining,
  // A training task names its ontology as a lease does.
  ontology: task => workServer.ontology(task as unknown as Parameters<typeof workServer.ontology>[0]),
  picture: pictureOf,
  submit: answerTraining,
};

async function pictureOf(task: TrainingTask): Promise<Blob | null> {
  const [input] = task.inputs;
  if (input?.kind !== "image") return null;
  const asked = (api as unknown as { GET(path: string, options: object): never }).GET(`/api/v1/training/${task.task}/input`, {
    parseAs: "blob",
  });
  return (await ask(asked)) as unknown as Blob;
}

/** Kept by this browser for as long as its tab stands. */
const keptFor = (contributor: string): Kept => {
  const name = (task: string) => `touchstone-training/${contributor}/${task}`;
  return {
    read(task) {
      const text = sessionStorage.getItem(name(task));
      return text === null ? null : (JSON.parse(text) as JsonValue);
    },
    write: (task, answers) => sessionStorage.setItem(name(task), JSON.stringify(answers)),
    forget: task => sessionStorage.removeItem(name(task)),
  };
};

/** A session for the canvas that stands on the page; it ends with it. */
export function useTrainingSession(engine: WorkbenchEngine | null, project: string, contributor: string): TrainingSession | null {
  const [session, setSession] = useState<TrainingSession | null>(null);
  useEffect(() => {
    if (!engine) return;
    const made = new TrainingSession({ server, canvas: engine, kept: keptFor(contributor), project, now: () => Date.now() });
    setSession(made);
    void made.next();
    const stopWatching = watchPage({
      getState: () => ({ save: "saved" }),
      touch: () => made.touch(),
      wake: () => {},
      flush: () => made.changed(),
    });
    return () => {
      stopWatching();
      setSession(null);
      made.stop();
    };
  }, [engine, project, contributor]);
  return session;
}
