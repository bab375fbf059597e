import { mkdir, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessFaults, closeBrowser, openPage, overflow, type RunningServer, startServer, type Watched } from "./harness";
import { cocoFolder, cvatArchive, hasDatasets, kittiFolder, labelStudioFolder, WITHOUT_DATASETS } from "./interop";
import { good, openShop, type Shop } from "./shop";
import { unzip } from "./unzip";

/** Labels of other tools, as these wrote them, from the drop to the outcome; and a release out again into three formats. */
const isHere = hasDatasets();
if (!isHere) process.stderr.write(`${WITHOUT_DATASETS}\n`);

/** Set to a folder to keep a picture of every step in it. */
const pictures = process.env.TOUCHSTONE_PICTURES;

const STREETS = `
name: Streets
ontology:
  questions:
    - id: objects
      title: Objects
      kind: shapes
      classes:
        - {id: car, title: Car, colour: "#0072b2", geometries: [box]}
        - {id: person, title: Person, colour: "#d55e00", geometries: [box]}
        - {id: bicycle, title: Bicycle, colour: "#009e73", geometries: [box]}
        - {id: motorcycle, title: Motorcycle, colour: "#cc79a7", geometries: [box]}
        - {id: bus, title: Bus, colour: "#e69f00", geometries: [box]}
        - {id: truck, title: Truck, colour: "#56b4e9", geometries: [box]}
overlap: {min: 1, max: 1}
`;

const SHAPES = `
name: Shapes
ontology:
  questions:
    - id: objects
      title: Objects
      kind: shapes
      classes:
        - {id: rectangle_label, title: Rectangle, colour: "#0072b2", geometries: [box]}
        - {id: region, title: Region, colour: "#d55e00", geometries: [polygon]}
overlap: {min: 1, max: 1}
`;

let server: RunningServer;
let shop: Shop;
let lead: Watched;
let streets = "";

beforeAll(async () => {
  if (!isHere) return;
  server = await startServer("serve");
  shop = await openShop(server);
  lead = await openPage();
  await lead.context.addCookies((await shop.api.storageState()).cookies);
  streets = await shop.project(STREETS, []);
  if (pictures) await mkdir(pictures, { recursive: true });
});

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
});

/** Readable by everybody at both sizes and in both schemes; nothing stands out of the window. */
async function inspect(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [form, size] of [
    ["desktop", { width: 1440, height: 900 }],
    ["phone", { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(size);
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: "attached" });
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-${scheme}-${form}.png`), fullPage: true });
      expect(await accessFaults(page), `${name}, ${scheme}, ${form}`).toEqual([]);
      expect(await overflow(page), `${name}, ${scheme}, ${form}`).toBeLessThanOrEqual(0);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before) await page.setViewportSize(before);
}

const figure = (page: Page, section: string, label: string) =>
  page
    .getByRole("region", { name: section })
    .locator("div, a")
    .filter({ hasText: new RegExp(`^${label}`) })
    .first();

/** From the beginning of the wizard to what the files are: uploads, then waits for the survey. */
async function upload(page: Page, project: string, input: "folder" | "files", path: string): Promise<void> {
  await page.goto(`${server.address}/projects/${project}/import/dataset`);
  await page.getByRole("heading", { name: "Drop a folder, files or a zip archive here" }).waitFor();
  await page.getByTestId(input).setInputFiles(path);
  await page.getByRole("heading", { name: "Uploaded" }).waitFor();
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await page.getByRole("heading", { name: "What it holds" }).waitFor();
}

test.skipIf(!isHere)(
  "a COCO data set dropped on the import page becomes tasks and responses, and survives a reload at each step",
  async () => {
    const { page, complaints } = lead;
    await page.goto(`${server.address}/projects/${streets}/import`);
    await page.getByTestId("folder").setInputFiles(await cocoFolder());
    await page.getByText("16 pictures and 1 other file").waitFor();
    await inspect(page, "looks-like-labels");
    await page.getByRole("button", { name: "Import labels and pictures" }).click();
    await page.getByRole("heading", { name: "Uploaded" }).waitFor();
    await page.getByText("17 of 17 files").waitFor();
    await inspect(page, "uploaded");

    // The files are on the server: the page may be loaded anew.
    await page.reload();
    await page.getByText(/^17 files/).waitFor();
    await page.getByRole("button", { name: "Go on", exact: true }).click();
    await page.getByRole("heading", { name: "What it holds" }).waitFor();
    expect(await page.getByRole("radio", { name: /^COCO/ }).isChecked()).toBe(true);
    expect(await figure(page, "What it holds", "Pictures").innerText()).toMatch(/100\s+84 not among the files/);
    expect(await figure(page, "What it holds", "Objects").innerText()).toMatch(/273\s+of 20 classes/);
    await page.reload();
    await page.getByRole("heading", { name: "What it holds" }).waitFor();
    expect(await page.getByRole("button", { name: /shapes?$/ }).count()).toBe(12);
    await inspect(page, "contents");

    // One sample large, the next by a key, and the focus back where it was.
    await page
      .getByRole("button", { name: /shapes?$/ })
      .first()
      .click();
    const first = await page.getByRole("dialog").getByRole("heading").innerText();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.getByRole("dialog").getByRole("heading").innerText()).not.toBe(first);
    expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });

    await page.getByRole("button", { name: "Go on", exact: true }).click();
    const becomes = (name: string) => page.getByLabel(`${name} becomes`, { exact: true });
    await becomes("motorbike").waitFor();
    const chosen = (name: string) => becomes(name).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text);
    expect(await chosen("car")).toBe("Car");
    // Not matched by id or title: PASCAL VOC's word for it.
    expect(await chosen("motorbike")).toBe("Motorcycle");
    expect(await chosen("chair")).toBe("Leave out");
    await becomes("train").selectOption({ label: "Bus" });
    await page.reload();
    await becomes("train").waitFor();
    expect(await chosen("train")).toBe("Bus");
    await page.getByText(/14 classes are left out/).waitFor();
    await inspect(page, "mapping");

    await page.getByRole("button", { name: "See what will happen" }).click();
    await page.getByRole("heading", { name: "What will be lost" }).waitFor();
    await page.getByRole("cell", { name: /Objects of the class “chair”/ }).waitFor();
    await inspect(page, "losses");
    await page.reload();
    await page.getByRole("button", { name: "Import 16 pictures" }).click();
    await page.getByRole("heading", { name: "Imported", exact: true }).waitFor();
    expect(await figure(page, "Imported", "New tasks").innerText()).toMatch(/16/);
    expect(await figure(page, "Imported", "Responses").innerText()).toMatch(/16/);
    await inspect(page, "outcome");
    await page.reload();
    await page.getByRole("heading", { name: "Imported", exact: true }).waitFor();
    await page.getByRole("link", { name: "See the tasks" }).click();
    await page.getByText("16 tasks", { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  },
  300_000,
);

test.skipIf(!isHere)("the same pictures from CVAT, as an archive, bring in no picture twice", async () => {
  const { page, complaints } = lead;
  await upload(page, streets, "files", await cvatArchive());
  await page.getByRole("radio", { name: /^CVAT for images/ }).waitFor();
  expect(await figure(page, "What it holds", "Objects").innerText()).toMatch(/273\s+of 20 classes/);
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await page.getByRole("radio", { name: /^Tasks only/ }).check();
  expect(await page.getByLabel("car becomes").count()).toBe(0);
  await page.getByRole("button", { name: "See what will happen" }).click();
  await page.getByRole("button", { name: "Import 16 pictures" }).click();
  await page.getByRole("heading", { name: "Imported", exact: true }).waitFor();
  await page.getByText("16 there before").waitFor();
  await page.getByText("Everything was there before").waitFor();

  // Undo: the uploaded files go, the project keeps what it has.
  await page.getByRole("button", { name: "Remove the data set" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("heading", { name: "Data sets waiting" }).waitFor();
  expect(await page.getByRole("row").filter({ hasText: "street cvat" }).count()).toBe(0);
  await page.getByRole("row").filter({ hasText: "street coco" }).getByText("Imported").waitFor();
  await inspect(page, "beginning");
  await page.goto(`${server.address}/projects/${streets}/tasks`);
  await page.getByText("16 tasks", { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

test.skipIf(!isHere)("KITTI as its archives unpack becomes gold", async () => {
  const { page, complaints } = lead;
  const project = await shop.project(STREETS.replace("name: Streets", "name: Drives"), []);
  await upload(page, project, "folder", kittiFolder());
  await page.getByRole("radio", { name: /^KITTI object/ }).waitFor();
  expect(await figure(page, "What it holds", "Pictures").innerText()).toMatch(/2\s+all among the files/);
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await page.getByRole("radio", { name: /^Gold/ }).check();
  const pedestrian = page.getByLabel("Pedestrian becomes", { exact: true });
  expect(await pedestrian.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text)).toBe("Person");
  await page.getByRole("button", { name: "See what will happen" }).click();
  await page.getByRole("button", { name: "Import 2 pictures" }).click();
  await page.getByRole("heading", { name: "Imported", exact: true }).waitFor();
  await page.goto(`${server.address}/projects/${project}/tasks?purpose=gold`);
  await page.getByText("2 tasks", { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

test.skipIf(!isHere)("from Label Studio come who said it, shapes of several kinds, and what has no place here", async () => {
  const { page, complaints } = lead;
  const project = await shop.project(SHAPES, []);
  await upload(page, project, "folder", await labelStudioFolder());
  await page.getByRole("radio", { name: /^Label Studio/ }).waitFor();
  expect(await figure(page, "What it holds", "Objects").innerText()).toMatch(/4\s+of 4 classes/);
  await page.getByRole("button", { name: "test_image1.jpg: 4 shapes" }).waitFor();
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await page.getByLabel("polygon_label becomes", { exact: true }).selectOption({ label: "Region" });
  await page.getByText(/2 classes are left out, with 2 objects/).waitFor();
  await page.getByRole("region", { name: "People" }).first().waitFor();
  await inspect(page, "people");
  await page.getByRole("button", { name: "See what will happen" }).click();
  await page.getByRole("heading", { name: "What will be lost" }).waitFor();
  await page.getByRole("button", { name: "Import 1 picture" }).click();
  await page.getByRole("heading", { name: "Imported", exact: true }).waitFor();
  await page.getByRole("link", { name: "See the tasks" }).click();
  await page.getByText("1 task", { exact: true }).waitFor();
  await page.getByRole("list", { name: "Tasks" }).getByRole("link").first().click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Rectangle/ })
    .waitFor();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Region/ })
    .waitFor();
  expect(complaints).toEqual([]);
});

test.skipIf(!isHere)(
  "a release goes out to COCO, YOLO and CVAT, and what each loses is told before its archive",
  async () => {
    const { page, complaints } = lead;
    // The one response of each picture stands, so that all of them are done.
    await expect
      .poll(async () => ((await good(shop.api.get(`/api/v1/projects/${streets}/progress`))) as { done: number }).done, { timeout: 30_000 })
      .toBe(16);
    const release = (await good(
      shop.api.post(`/api/v1/projects/${streets}/releases`, { data: { accept_unassayed: true, images: "reference" } }),
    )) as { id: string };
    await expect
      .poll(async () => ((await good(shop.api.get(`/api/v1/releases/${release.id}`))) as { state: string }).state, { timeout: 30_000 })
      .toBe("published");
    await page.goto(`${server.address}/projects/${streets}/releases/${release.id}`);
    await page.getByText("Not exported yet").waitFor();

    const exported = async (search: string, title: string, pick?: () => Promise<void>): Promise<readonly string[]> => {
      await page.getByRole("button", { name: "Export to another format" }).click();
      await page.getByRole("searchbox", { name: "Format" }).fill(search);
      await page
        .getByRole("dialog")
        .getByRole("radio", { name: `${title} boxes` })
        .check();
      await pick?.();
      if (search === "coco") await inspect(page, "export-dialog");
      await page.getByRole("button", { name: "Export", exact: true }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      const newest = page.getByRole("region", { name: "Other formats" }).getByRole("listitem").first();
      await newest.getByText(title, { exact: true }).waitFor();
      const link = newest.getByRole("link", { name: /^Download as/ });
      await link.waitFor();
      expect(await newest.innerText()).toMatch(/16 pictures labelled, \d+ objects/);
      // What is lost stands above the archive.
      const report = newest.getByRole("region", { name: "What was left out" }).or(newest.getByText("Nothing is lost"));
      expect((await report.first().boundingBox())?.y ?? 0).toBeLessThan((await link.boundingBox())?.y ?? 0);
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      const folder = await mkdtemp(join(tmpdir(), "touchstone-export-"));
      await download.saveAs(join(folder, "export.zip"));
      const names = await unzip(join(folder, "export.zip"), folder);
      return names.map(each => join(folder, each));
    };

    const coco = await exported("coco", "COCO");
    const file = coco.find(path => path.endsWith(".json"));
    const instances = JSON.parse(await readFile(file ?? "", "utf8")) as { images: unknown[]; annotations: unknown[] };
    expect(instances.images).toHaveLength(16);
    expect(instances.annotations.length).toBeGreaterThan(50);

    const yolo = await exported("ultralytics", "YOLO (Ultralytics)", async () => {
      await page.getByRole("radio", { name: /^With the pictures/ }).check();
      await page.getByLabel("Split into parts").check();
      await page.getByLabel("Share of train").fill("90");
      await page.getByText("The shares are 110 % together").waitFor();
      await page.getByRole("button", { name: "Remove test" }).click();
    });
    expect(yolo.filter(path => path.endsWith(".jpg"))).toHaveLength(16);
    expect(yolo.some(path => path.includes("train"))).toBe(true);
    expect(yolo.some(path => path.includes("val"))).toBe(true);

    const cvat = await exported("cvat", "CVAT for images");
    expect(await readFile(cvat.find(path => path.endsWith(".xml")) ?? "", "utf8")).toContain('label="car"');

    await page.reload();
    const list = page.getByRole("region", { name: "Other formats" });
    await expect.poll(() => list.getByText("Done", { exact: true }).count()).toBe(3);
    await inspect(page, "exports");
    expect(complaints).toEqual([]);
  },
  300_000,
);
