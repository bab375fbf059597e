import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessFaults, closeBrowser, openPage, overflow, type RunningServer, startServer } from "./harness";

/** Set to a folder to keep a picture of every page in it. */
const pictures = process.env.TOUCHSTONE_PICTURES;

let server: RunningServer;
let project = "";
let release = "";
let task = "";
let state: Awaited<ReturnType<Awaited<ReturnType<typeof openPage>>["context"]["storageState"]>>;

// A project that has gone the whole way: the demo's.
beforeAll(async () => {
  server = await startServer("demo", ["--images", process.env.TOUCHSTONE_DEMO_IMAGES ?? "24"]);
  const { page, context } = await openPage();
  await page.goto(server.link);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Projects", exact: true }).waitFor();
  const get = async (path: string) =>
    (await (await page.request.get(`${server.address}/api/v1/${path}`)).json()) as { items: { id: string }[] };
  project = (await get("projects")).items[0]?.id ?? "";
  release = (await get(`projects/${project}/releases`)).items[0]?.id ?? "";
  task = (await get(`projects/${project}/tasks?state=done`)).items[0]?.id ?? "";
  state = await context.storageState();
  await context.close();
  if (pictures) await mkdir(pictures, { recursive: true });
}, 600_000);

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
});

const pages: Record<string, { path: () => string; ready: string | RegExp }> = {
  projects: { path: () => "/projects", ready: /of .* done/ },
  project: { path: () => `/projects/${project}`, ready: "What does it take?" },
  import: { path: () => `/projects/${project}/import`, ready: "Imports before" },
  labels: { path: () => `/projects/${project}/import/dataset`, ready: "Drop a folder, files or a zip archive here" },
  "no data set": { path: () => `/projects/${project}/import/dataset?dataset=${task}`, ready: "There is no such data set" },
  tasks: { path: () => `/projects/${project}/tasks`, ready: /\d tasks/ },
  task: { path: () => `/projects/${project}/tasks?state=done&task=${task}`, ready: "What is said" },
  quality: { path: () => `/projects/${project}/quality`, ready: /Reliability of contributors|Nothing to compare yet/ },
  suspects: { path: () => `/projects/${project}/quality/suspects`, ready: /No accepted label is suspected|Choose all shown/ },
  orders: { path: () => `/projects/${project}/quality/orders`, ready: "Nothing is ordered" },
  gold: { path: () => `/projects/${project}/gold`, ready: /No gold yet|Leaks suspected/ },
  training: { path: () => `/projects/${project}/gold?kind=training`, ready: "No training tasks yet" },
  contributors: { path: () => `/projects/${project}/contributors`, ready: /Estimated from how/ },
  ontology: { path: () => `/projects/${project}/ontology`, ready: "Nothing wrong" },
  releases: { path: () => `/projects/${project}/releases`, ready: "Release 1" },
  release: { path: () => `/projects/${project}/releases/${release}`, ready: "What it does not know" },
  lineage: { path: () => `/projects/${project}/releases/${release}?label=${task}`, ready: /Rests on/ },
  "project-settings": { path: () => `/projects/${project}/settings`, ready: "Project file" },
  wizard: { path: () => "/projects/new", ready: "Your own questions" },
  work: { path: () => "/work", ready: /Today:/ },
  people: { path: () => "/people", ready: "Demo owner" },
  settings: { path: () => "/settings", ready: "Keys for programs" },
  "nothing to review": { path: () => `/projects/${project}/review`, ready: "Nothing to review" },
  "nothing to label": { path: () => `/work/${project}`, ready: "Everything is taken or done" },
  "no project": { path: () => `/projects/${task}`, ready: "There is no such project" },
  nowhere: { path: () => "/nowhere", ready: "There is no such page" },
};

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

for (const [form, size] of Object.entries(sizes)) {
  test.each(Object.keys(pages))(
    `%s on a ${form}, light and dark: readable by everybody, not wider than the window, nothing complains`,
    async name => {
      const { path, ready } = pages[name] ?? { path: () => "/", ready: "" };
      const { page, complaints, context } = await openPage(size, "light");
      await context.addCookies(state.cookies);
      await page.goto(server.address + path());
      if (ready === "What is said") await page.getByRole("list", { name: ready }).waitFor();
      else await page.getByText(ready).filter({ visible: true }).first().waitFor();
      await page.waitForLoadState("networkidle").catch(() => undefined);
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: "attached" });
        if (pictures)
          await page.screenshot({ path: join(pictures, `${name}-${scheme}-${form}.png`), fullPage: name !== "tasks" && name !== "task" });
        expect(await accessFaults(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
}
