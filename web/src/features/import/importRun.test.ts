import { expect, test } from "vitest";
import { ApiProblem } from "../../api/problem";
import { ImportRun, type Outcome, type RunWorld, type Source } from "./importRun";

/** A server of a few lines: assets by their bytes, tasks by their names. */
class Server implements RunWorld {
  assets = new Map<string, string>();
  tasks = new Map<string, string>();
  remembered = new Map<string, Outcome>();
  failures: (() => ApiProblem | null)[] = [];
  recovered = 0;

  hash = async (file: File) => `sha-${await file.text()}`;
  findAsset = async (sha256: string) => this.assets.get(sha256) ?? null;
  upload = async (file: File) => {
    this.mayFail();
    const text = await file.text();
    if (text === "no picture") throw new ApiProblem(415, { code: "not_an_image", detail: "This is no picture." });
    this.assets.set(`sha-${text}`, `asset-${text}`);
    return { id: `asset-${text}`, isNew: true };
  };
  sendTasks = async (lines: readonly { external_id: string; asset: string }[]) => {
    this.mayFail();
    let imported = 0;
    for (const line of lines) {
      if (this.tasks.has(line.external_id)) continue;
      this.tasks.set(line.external_id, line.asset);
      imported++;
    }
    return { imported, repeated: lines.length - imported, faults: [] };
  };
  isOtherPicture = async (externalId: string, asset: string) => this.tasks.get(externalId) !== asset;
  remember = (source: Source, outcome: Outcome) => void this.remembered.set(source.path, outcome);
  recover = async () => void this.recovered++;
  now = () => 0;

  private mayFail(): void {
    const problem = this.failures.shift()?.();
    if (problem) throw problem;
  }
}

const source = (path: string, content = path): Source => ({
  path,
  size: content.length,
  modified: 0,
  open: async () => new File([content], path.split("/").at(-1) ?? path),
});

const many = (count: number) => Array.from({ length: count }, (_, i) => source(`drive/${i}.jpg`));

test("every file becomes a task, whatever fails on the way passes", async () => {
  const server = new Server();
  server.failures = Array.from({ length: 30 }, (_, i) => () => (i % 3 === 0 ? ApiProblem.unreachable(new TypeError("failed")) : null));
  const run = new ImportRun(many(250), 0, server);
  await run.run();
  expect(server.tasks.size).toBe(250);
  expect(run.get()).toMatchObject({ phase: "done", imported: 250, present: 0, uploaded: 250, refused: [] });
  expect(run.get().bytesDone).toBe(run.get().bytesTotal);
  expect(server.recovered).toBe(10);
});

test("running again brings in nothing twice and sends no bytes", async () => {
  const server = new Server();
  await new ImportRun(many(30), 0, server).run();
  const again = new ImportRun(many(40), 0, server);
  await again.run();
  expect(again.get()).toMatchObject({ imported: 10, present: 30, uploaded: 10 });
});

test("what is no picture is listed with its reason and takes nothing with it", async () => {
  const server = new Server();
  const run = new ImportRun([source("a.jpg"), source("b.jpg", "no picture"), source("c.jpg")], 0, server);
  await run.run();
  expect(run.get().refused).toEqual([{ path: "b.jpg", code: "not_an_image", text: "This is no picture.", passing: false }]);
  expect([...server.tasks.keys()]).toEqual(["a.jpg", "c.jpg"]);
  expect(server.remembered.get("b.jpg")).toBe("refused");
});

test("another picture under a known name is told and not taken for the same", async () => {
  const server = new Server();
  await new ImportRun([source("a.jpg", "one")], 0, server).run();
  const run = new ImportRun([source("a.jpg", "two"), source("b.jpg", "three")], 0, server);
  await run.run();
  expect(run.get().refused.map(each => each.code)).toEqual(["name_of_another"]);
  expect(run.get()).toMatchObject({ imported: 1, present: 0 });
});

test("what does not pass in time can be tried again", async () => {
  const server = new Server();
  server.failures = Array.from({ length: 6 }, () => () => new ApiProblem(503, { code: "unavailable" }));
  const run = new ImportRun([source("a.jpg")], 0, server);
  await run.run();
  expect(run.get().refused).toHaveLength(1);
  const again = new ImportRun(run.takeRetryable(), 0, server);
  await again.run();
  expect(run.get().refused).toHaveLength(0);
  expect(server.tasks.has("a.jpg")).toBe(true);
});

test("a stopped run ends with what it has", async () => {
  const server = new Server();
  const run = new ImportRun(many(50), 0, server);
  const end = run.run();
  run.stop();
  await end;
  expect(run.get().phase).toBe("done");
  expect(server.tasks.size).toBeLessThan(50);
  expect(server.tasks.size).toBe(run.get().imported);
});
