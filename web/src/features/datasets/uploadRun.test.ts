import { expect, test } from "vitest";
import { ApiProblem } from "../../api/problem";
import type { Source } from "../import/importRun";
import { missingFrom, UploadRun, type UploadWorld } from "./uploadRun";

const source = (path: string, content = path): Source => ({
  path,
  size: content.length,
  modified: 0,
  open: async () => new File([content], path),
});

/** A server of a few lines: files by their paths. */
class Server implements UploadWorld {
  files = new Map<string, string>();
  failures: (ApiProblem | null)[] = [];
  recovered = 0;
  atOnce = 0;
  most = 0;
  gate: Promise<void> = Promise.resolve();

  send = async (path: string, file: File, onProgress: (bytes: number) => void, signal: AbortSignal) => {
    this.most = Math.max(this.most, ++this.atOnce);
    try {
      onProgress(Math.floor(file.size / 2));
      await this.gate;
      if (signal.aborted) throw new DOMException("", "AbortError");
      const failure = this.failures.shift();
      if (failure) throw failure;
      this.files.set(path, await file.text());
    } finally {
      this.atOnce--;
    }
  };
  recover = async () => void this.recovered++;
  now = () => 0;
  listed = () => [...this.files].map(([path, text]) => ({ path, bytes: text.length }));
}

const many = (count: number) => Array.from({ length: count }, (_, i) => source(`set/${i}.xml`));

test("every file arrives, a few at a time, whatever fails on the way passes", async () => {
  const server = new Server();
  server.failures = Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? ApiProblem.unreachable(new TypeError("failed")) : null));
  const run = new UploadRun(many(60), [], server);
  await run.run();
  expect(server.files.size).toBe(60);
  expect(server.recovered).toBe(5);
  expect(server.most).toBe(4);
  expect(run.get()).toMatchObject({ phase: "done", total: 60, sent: 60, present: 0, refused: [] });
  expect(run.get().bytesDone).toBe(run.get().bytesTotal);
});

const pictures = (count: number) => Array.from({ length: count }, (_, i) => source(`set/${i}.png`));

test("after a reload only pictures that are missing or have another size are sent", async () => {
  const server = new Server();
  await new UploadRun(pictures(10), [], server).run();
  server.files.set("set/3.png", "cut off");
  server.files.delete("set/7.png");
  const sent: string[] = [];
  const send = server.send;
  server.send = (path, ...rest) => {
    sent.push(path);
    return send(path, ...rest);
  };
  const run = new UploadRun(pictures(10), server.listed(), server);
  await run.run();
  expect(sent.sort()).toEqual(["set/3.png", "set/7.png"]);
  expect(run.get()).toMatchObject({ phase: "done", total: 10, sent: 2, present: 8 });
});

test("labels of the size of those before are sent again, since they may say something else", () => {
  const there = [
    { path: "labels.json", bytes: 11 },
    { path: "a.png", bytes: 5 },
  ];
  expect(missingFrom([source("labels.json"), source("a.png")], there).map(each => each.path)).toEqual(["labels.json"]);
});

test("an archive is known by no path and is sent again", () => {
  expect(missingFrom([source("all.zip")], [{ path: "a.xml", bytes: 3 }])).toHaveLength(1);
});

test("a file that the server refuses is named and takes nothing with it", async () => {
  const server = new Server();
  server.failures = [new ApiProblem(413, { code: "too_large", detail: "The file is too large." })];
  const run = new UploadRun([source("a", "1"), source("b", "22")], [], server);
  await run.run();
  expect(run.get().refused).toEqual([{ path: "a", code: "too_large", text: "The file is too large.", passing: false }]);
  expect(run.retryable()).toEqual([]);
  expect([...server.files.keys()]).toEqual(["b"]);
});

test("what does not pass in time can be sent again", async () => {
  const server = new Server();
  server.failures = Array.from({ length: 6 }, () => new ApiProblem(503, {}));
  const run = new UploadRun([source("a")], [], server);
  await run.run();
  expect(run.retryable().map(each => each.path)).toEqual(["a"]);
  await new UploadRun([source("a")], server.listed(), server).run();
  expect(server.files.has("a")).toBe(true);
});

test("progress counts what is on its way, and cancelling breaks it off", async () => {
  const server = new Server();
  let open = () => {};
  server.gate = new Promise(resolve => {
    open = resolve;
  });
  const run = new UploadRun([source("a", "12345678"), source("b", "12345678")], [], server);
  const end = run.run();
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  expect(run.get().bytesDone).toBe(8);
  run.cancel();
  open();
  await end;
  expect(run.get()).toMatchObject({ phase: "cancelled", sent: 0, refused: [] });
  expect(server.files.size).toBe(0);
});

test("a paused upload sends nothing more until it goes on", async () => {
  const server = new Server();
  const run = new UploadRun(many(20), [], server);
  run.pause();
  const end = run.run();
  await new Promise(resolve => setTimeout(resolve, 5));
  expect(server.files.size).toBe(0);
  run.goOn();
  await end;
  expect(server.files.size).toBe(20);
});
