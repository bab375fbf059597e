import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeInstructions, expectObjects, expectSaved, openWork } from "./bench";
import { accessFaults, closeBrowser, openPage, overflow, png, type RunningServer, startServer } from "./harness";
import { openShop, type Shop } from "./shop";

/** What a model proposed, from the files of another tool through the wizard to the workbench, and what a person makes of it. */
const folder = process.env.TOUCHSTONE_PICTURES;

const PROJECT = `
name: Proposed
ontology:
  questions:
    - id: objects
      title: Objects
      kind: shapes
      classes:
        - {id: car, title: Car, colour: "#0072b2", geometries: [box]}
        - {id: road, title: Road, colour: "#009e73", geometries: [polygon]}
    - {id: weather, title: Weather, kind: choice, required: true, options: [{id: clear, title: Clear}, {id: rain, title: Rain}]}
overlap: {min: 1, max: 1}
`;

let server: RunningServer;
let shop: Shop;

beforeAll(async () => {
  server = await startServer("serve");
  shop = await openShop(server);
  if (folder) await mkdir(folder, { recursive: true });
});

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
});

async function inspect(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [form, size] of [
    ["desktop", { width: 1440, height: 900 }],
    ["phone", { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(size);
    if (folder) await page.screenshot({ path: join(folder, `prelabels-${name}-${form}.png`) });
    expect(await accessFaults(page), `${name}, ${form}`).toEqual([]);
    expect(await overflow(page), `${name}, ${form}`).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}

/** An export of Label Studio: a picture with what a model said of it, and nothing that people said. */
async function exported(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), "touchstone-prelabels-"));
  await writeFile(join(place, "street.png"), png(1, 640, 400));
  const result = (type: string, value: object, label: string) => ({
    id: `r-${label}-${JSON.stringify(value).length}`,
    type,
    from_name: "label",
    to_name: "image",
    original_width: 640,
    original_height: 400,
    value: { ...value, [type]: [label] },
  });
  const box = (x: number, y: number) => result("rectanglelabels", { x, y, width: 15, height: 20, rotation: 0 }, "Car");
  const points = [
    [5, 95],
    [35, 55],
    [65, 55],
    [95, 95],
  ];
  const task = {
    id: 1,
    data: { image: "/data/upload/1/street.png" },
    annotations: [],
    predictions: [
      {
        model_version: "detector 2",
        result: [
          { ...box(10, 20), id: "a" },
          { ...box(60.125, 25), id: "b" },
          { ...result("polygonlabels", { points }, "Road"), id: "c" },
          { id: "d", type: "choices", from_name: "weather", to_name: "image", value: { choices: ["Clear"] } },
        ],
      },
    ],
  };
  await writeFile(join(place, "export.json"), JSON.stringify([task]));
  return place;
}

test("what a model proposed is imported by the wizard, opens in the workbench marked as proposed, and is submitted as the person's", async () => {
  const project = await shop.project(PROJECT, []);
  const lead = await openPage();
  await lead.context.addCookies((await shop.api.storageState()).cookies);
  await lead.page.goto(`${server.address}/projects/${project}/import/dataset`);
  await lead.page.getByTestId("folder").setInputFiles(await exported());
  await lead.page.getByRole("heading", { name: "Uploaded" }).waitFor();
  await lead.page.getByRole("button", { name: "Go on", exact: true }).click();
  await lead.page.getByRole("heading", { name: "What it holds" }).waitFor();
  await lead.page.getByRole("button", { name: "Go on", exact: true }).click();
  await lead.page.getByRole("radio", { name: /^Pre-labels\s*Likely/ }).check();
  expect(await lead.page.getByLabel("Take as pre-labels").inputValue()).toBe("predictions");
  await inspect(lead.page, "mapping");
  await lead.page.getByRole("button", { name: "See what will happen" }).click();
  await lead.page.getByRole("heading", { name: "What will be imported" }).waitFor();
  expect(await lead.page.getByRole("region", { name: "What will be imported" }).innerText()).toMatch(/Pre-labels\s+1/);
  await inspect(lead.page, "import");
  await lead.page.getByRole("button", { name: "Import 1 picture" }).click();
  await lead.page.getByRole("heading", { name: "Imported", exact: true }).waitFor();
  expect(await lead.page.getByRole("region", { name: "Imported", exact: true }).innerText()).toMatch(/Pre-labels\s+1/);
  await inspect(lead.page, "imported");
  expect(lead.complaints).toEqual([]);

  const person = await shop.join("Proposed");
  const { page, complaints } = person;
  await openWork(page, server.address, project);
  await closeInstructions(page);
  await expectObjects(page, 3);
  const notice = page.getByRole("status").filter({ hasText: "Proposed by detector 2" });
  await notice.waitFor();
  expect(await notice.innerText()).toContain("3 objects and the answer to Weather");
  const chosen = (name: string) => page.getByRole("button", { name }).getAttribute("aria-pressed");
  const list = page.getByRole("list", { name: "Objects" });
  expect(await list.getByText("proposed").count()).toBe(3);
  await inspect(page, "workbench");

  // What is touched is no proposal any more; undo makes it one again.
  await page.getByRole("button", { name: /^Delete Car 1|^Remove Car 1/ }).click();
  await expectObjects(page, 2);
  await expect.poll(() => list.getByText("proposed").count()).toBe(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => list.getByText("proposed").count()).toBe(3);

  // All away and back as one step; after a reload it is as it was.
  await page.getByRole("button", { name: "Remove all" }).click();
  await expectObjects(page, 0);
  await notice.waitFor({ state: "hidden" });
  expect(await chosen("Clear")).toBe("false");
  await page.getByRole("button", { name: "Undo" }).click();
  await expectObjects(page, 3);
  expect(await chosen("Clear")).toBe("true");
  await expectSaved(page);
  await page.reload();
  await expectObjects(page, 3);
  await notice.waitFor();

  // Another answer than the proposed one, then the rest is kept.
  await page.getByRole("button", { name: "Rain" }).click();
  await expect.poll(() => notice.innerText()).not.toContain("Weather");
  await page.getByRole("button", { name: "Keep all" }).click();
  await notice.waitFor({ state: "hidden" });
  expect(await list.getByText("proposed").count()).toBe(0);
  await inspect(page, "kept");
  await page.getByRole("button", { name: "Submit" }).click();
  await page.getByText("You have done all there is for you").or(page.getByText("Everything is taken or done")).first().waitFor();
  expect(complaints).toEqual([]);

  const tasks = (await (await shop.api.get(`/api/v1/projects/${project}/tasks`)).json()) as { items: { response_count: number }[] };
  expect(tasks.items.map(task => task.response_count)).toEqual([1]);
});
