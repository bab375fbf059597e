import { expect, test } from "vitest";
import { ApiProblem } from "../../api/problem";
import type { JsonObject, JsonValue, WorkbenchTask } from "../../engine";
import type { TrainingTask } from "./server";
import { TrainingSession } from "./trainingSession";

const taskOf = (task: string, left: number): TrainingTask => ({
  task,
  project: "p",
  left,
  of: 2,
  note: null,
  inputs: [{ kind: "image", url: "", width: 64, height: 48, media_type: "image/png" }],
  ontology_version: 1,
  ontology_url: "",
  instructions: "",
});

function world(tasks: string[]) {
  const kept = new Map<string, JsonObject>();
  const opened: WorkbenchTask[] = [];
  const sent: { task: string; answers: JsonObject; active: number }[] = [];
  let answers: JsonObject = {};
  let now = 0;
  let fault: unknown = null;
  const session = new TrainingSession({
    project: "p",
    now: () => now,
    kept: {
      read: task => kept.get(task) ?? null,
      write: (task, value) => kept.set(task, value),
      forget: task => kept.delete(task),
    },
    canvas: {
      open: task => {
        opened.push(task);
        answers = (task.answers as JsonObject | undefined) ?? {};
      },
      answers: () => answers,
    },
    server: {
      next: async () => (tasks[0] === undefined ? null : taskOf(tasks[0], tasks.length)),
      ontology: async () => ({ questions: [] }),
      picture: async () => new Blob(),
      submit: async (task, given, active) => {
        if (fault) throw fault;
        sent.push({ task, answers: given, active });
        tasks.shift();
        return { score: 0.5, known: { weather: "rain" }, explanation: "It rains.", differences: [], left: tasks.length };
      },
    },
  });
  return {
    session,
    kept,
    opened,
    sent,
    draw: (value: JsonValue) => {
      answers = { weather: value };
      session.changed();
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    fail: (problem: unknown) => {
      fault = problem;
    },
  };
}

test("a task is answered, its known answers are shown beside one's own, then comes the next until nothing is left", async () => {
  const { session, opened, sent, draw, pass, kept } = world(["a", "b"]);
  await session.next();
  expect(session.getState()).toMatchObject({ phase: "task", task: { task: "a", left: 2 } });
  pass(5_000);
  draw("clear");
  expect(kept.get("a")).toEqual({ weather: "clear" });
  pass(600_000);
  await session.submit();
  expect(sent).toEqual([{ task: "a", answers: { weather: "clear" }, active: 25_000 }]);
  expect(session.getState()).toMatchObject({ phase: "feedback", answered: 1, feedback: { score: 0.5 } });
  expect(opened.at(-1)).toMatchObject({ readOnly: true, answers: { weather: "clear" } });
  expect(kept.has("a")).toBe(false);
  await session.next();
  draw("rain");
  await session.submit();
  await session.next();
  expect(session.getState()).toMatchObject({ phase: "done", answered: 2 });
});

test("what was drawn is there again after a reload", async () => {
  const { session, kept, opened } = world(["a"]);
  kept.set("a", { weather: "snow" });
  await session.next();
  expect(opened.at(-1)).toMatchObject({ answers: { weather: "snow" }, readOnly: false });
});

test("a refused answer stays on the canvas and can be sent again", async () => {
  const { session, draw, fail } = world(["a"]);
  await session.next();
  draw("clear");
  fail(new ApiProblem(422, { code: "invalid" }));
  await session.submit();
  expect(session.getState()).toMatchObject({ phase: "task", busy: false, problem: { status: 422 } });
  fail(null);
  await session.submit();
  expect(session.getState().phase).toBe("feedback");
});
