import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessFaults, closeBrowser, overflow, program, type RunningServer, startServer } from "./harness";
import { good, openShop, type Person, type Shop } from "./shop";

/** A corpus curated and shared by the command line, looked at in the browser. */
const folderOfPictures = process.env.TOUCHSTONE_PICTURES;
const run = promisify(execFile);
const WORDS = [
  "the",
  "river",
  "and",
  "a",
  "mill",
  "have",
  "grown",
  "with",
  "meadow",
  "that",
  "stands",
  "of",
  "old",
  "stone",
  "bridge",
  "over",
  "cold",
  "water",
];

let server: RunningServer;
let shop: Shop;
let folder = "";
let key = "";
let lead: Person;
let corpus = "";

/** The same numbers each time: a test that fails fails again. */
let seed = 4711;
const below = (most: number): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed % most;
};

const pipeline = (words: number) => `source: { jsonl: "${folder}/corpus/*.jsonl" }
steps:
  - gopher_quality: { words_minimum: ${words}, stop_words_minimum: 0 }
  - gopher_repetition
  - minhash: { keep: longest }
sink: { jsonl: out/, compression: gzip }
dropped: { jsonl: dropped/ }
`;

async function curate(name: string, words: number): Promise<string> {
  await writeFile(join(folder, `${name}.yaml`), pipeline(words));
  await run(program, ["curate", "run", join(folder, `${name}.yaml`), "--out", join(folder, name)]);
  return share(name);
}

async function share(name: string): Promise<string> {
  const said = await run(program, ["curate", "share", join(folder, name), "--server", server.address, "--json"], {
    env: { ...process.env, TOUCHSTONE_KEY: key },
  });
  return (JSON.parse(said.stdout) as { id: string }).id;
}

beforeAll(async () => {
  server = await startServer("serve");
  shop = await openShop(server);
  folder = await mkdtemp(join(tmpdir(), "touchstone-corpora-"));
  await mkdir(join(folder, "corpus"));
  const lines = ['{"id": "broken", "text": 7}'];
  let last = "";
  for (let i = 0; i < 400; i++) {
    const isCopy = i % 8 === 7;
    const words = isCopy
      ? last.split(" ")
      : Array.from({ length: 3 + below(160) }, () => `${WORDS[below(WORDS.length)]}${below(12) === 0 ? "." : ""}`);
    if (isCopy) words.splice(words.length >> 1, 1, "<b>changed</b>");
    last = words.join(" ");
    lines.push(
      JSON.stringify({ id: `en-${String(i).padStart(6, "0")}`, text: i % 23 === 5 ? `${"the same line again\n".repeat(12)}` : last }),
    );
  }
  await writeFile(join(folder, "corpus/0.jsonl"), `${lines.join("\n")}\n`);
  key = ((await good(shop.api.post("/api/v1/keys", { data: { name: "curation" } }))) as { key: string }).key;
  lead = await shop.join("Cora Lead", "manager");
  if (folderOfPictures) await mkdir(folderOfPictures, { recursive: true });
}, 300_000);

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** Readable by everybody, not wider than the window, light and dark, on a desk and on a phone; pictures of each where somebody wants them. */
async function look(page: Page, name: string): Promise<void> {
  for (const [form, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: "attached" });
      if (folderOfPictures) await page.screenshot({ path: join(folderOfPictures, `${name}-${scheme}-${form}.png`), fullPage: true });
      expect(await accessFaults(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(sizes.desktop);
}

test("an empty list shows the two commands to type", async () => {
  const { page } = lead;
  await page.goto(`${server.address}/`);
  await page.getByRole("link", { name: "Corpora" }).click();
  await page.getByRole("heading", { name: "No corpus yet" }).waitFor();
  expect(await page.getByRole("textbox").evaluateAll(boxes => boxes.map(box => (box as HTMLInputElement).value))).toEqual([
    "touchstone curate run fineweb.yaml --out fineweb-run",
    `touchstone curate share fineweb-run --server ${server.address}`,
  ]);
  await look(page, "corpora-empty");
});

test("a shared run stands in the list once and opens with its figures and plots", async () => {
  const { page } = lead;
  corpus = await curate("crawl", 20);
  expect(await share("crawl")).toBe(corpus);
  await curate("stricter", 60);
  await page.reload();
  await page.getByRole("link", { name: "crawl" }).waitFor();
  expect(await page.getByRole("row").count()).toBe(3);
  await look(page, "corpora");
  await page.getByRole("link", { name: "crawl" }).click();
  await page.getByRole("img", { name: "Documents by step and reason" }).waitFor();
  await page.getByText("400").first().waitFor();
  await page.getByRole("button", { name: /gopher_quality/ }).click();
  await page.getByText("words_minimum", { exact: true }).waitFor();
  await look(page, "corpus");
  for (const [kind, ending] of [
    ["SVG", "svg"],
    ["CSV", "csv"],
  ] as const) {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: `Save “Documents by step and reason” as ${kind}` }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe(`crawl-documents.${ending}`);
    expect(await readFile(await saved.path(), "utf8")).toContain("gopher_short_doc");
  }
});

test("examples are filtered by reason, searched, walked through by key, and found again by their address", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "gopher_short_doc" }).click();
  await page.getByText("decided").waitFor();
  await page.getByText("below 20").first().waitFor();
  const title = page.getByRole("article").getByRole("heading", { level: 2 });
  const first = await title.textContent();
  await page.locator("body").press("j");
  await expect.poll(() => title.textContent()).not.toBe(first);
  const second = await title.textContent();
  await page.reload();
  await expect.poll(() => title.textContent()).toBe(second);
  await look(page, "corpus-examples");
  await page.locator("body").press("k");
  await expect.poll(() => title.textContent()).toBe(first);
  await page.getByRole("searchbox").fill("no such words anywhere");
  await page.getByText("No example fits").waitFor();
  await page.getByRole("searchbox").fill(first ?? "");
  await expect.poll(() => title.textContent()).toBe(first);
});

test("a cluster stands side by side with what differs marked, and never as the page's own HTML", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Near-duplicates" }).click();
  await page.getByText("the longest document stays").waitFor();
  expect(await page.locator("mark", { hasText: "<b>changed</b>" }).count()).toBeGreaterThan(0);
  await look(page, "corpus-duplicates");
});

test("faults have file and place, and another run stands beside this one", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Faults and files" }).click();
  await page.getByRole("cell", { name: "text_not_string" }).waitFor();
  await look(page, "corpus-files");
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await page.getByLabel("Compare with").and(page.locator("input")).first().click();
  await page.getByRole("option", { name: /stricter/ }).click();
  await page.getByText("The pipelines differ.").waitFor();
  await page.getByRole("row", { name: /words_minimum .* 20 60/ }).waitFor();
  await look(page, "corpus-compare");
});

test("deleting asks first, and a report that is gone says so", async () => {
  const { page, complaints } = lead;
  await page.goto(`${server.address}/corpora/${corpus}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete the report" }).click();
  await page.getByRole("link", { name: "stricter" }).waitFor();
  expect(await page.getByRole("link", { name: "crawl" }).count()).toBe(0);
  await page.goto(`${server.address}/corpora/${corpus}`);
  await page.getByRole("heading", { name: "There is no such corpus" }).waitFor();
  expect(complaints).toEqual([]);
});

test("who takes work sees no corpora", async () => {
  const { page } = await shop.join("Wim Work");
  await page.goto(`${server.address}/corpora`);
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  expect(await page.getByRole("link", { name: "Corpora" }).count()).toBe(0);
});
