import { createHash } from "node:crypto";
import { type APIRequestContext, request } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeInstructions } from "./bench";
import { accessFaults, closeBrowser, openPage, overflow, png, type RunningServer, startServer, type Watched } from "./harness";
import { good, openShop, PASSWORD, type Person, type Shop } from "./shop";

/** A crowd of which two press anything and one grows careless, watched and led in the browser from import to release. */
const YAML = `
name: Weather of crossings
instructions: Say what weather the picture shows.
ontology:
  questions:
    - {id: weather, title: Weather, kind: choice, required: true, options: [{id: clear, title: Clear, hotkey: q}, {id: rain, title: Rain, hotkey: w}, {id: snow, title: Snow, hotkey: e}]}
overlap: {min: 2, max: 4, confidence: 0.99}
gold: {rate: 0.25}
evaluation: {tasks: 6}
review: {when: below_confidence}
`;
const OPTIONS = ["clear", "rain", "snow"] as const;
const ORDINARY = 190;
const GOLD = 24;
const TRAINING = 2;
const CONTESTED = 6;
const WITHIN = 40;

interface Worker {
  readonly name: string;
  readonly api: APIRequestContext;
  /** How often they are right, after so many answers. */
  readonly right: (answered: number) => number;
  answered: number;
  isDone: boolean;
}

interface QualityRow {
  readonly contributor: string;
  readonly display_name: string;
  readonly graded: number;
  readonly gate: { readonly verdict: string; readonly reason: string };
  readonly drift: { readonly alarm: boolean; readonly reason: string };
  readonly standing: { readonly state: string; readonly training_left: number };
}

let server: RunningServer;
let shop: Shop;
let lead: Watched;
let ida: Person;
let project = "";
const truthOf = new Map<string, string>();
/** Pictures that people read in two ways in turn, by their hash with the answers so far: two of three are not sure enough here, two of four never are, so they always come to a reviewer. */
const contested = new Map<string, number>();
/** A picture that everybody reads wrongly alike, by its hash: its label is accepted, and wrong. */
const planted = new Set<string>();
const workers: Worker[] = [];
const auditors: Worker[] = [];

/** The same numbers each time: a test that fails fails again. */
let seed = 20261;
const chance = (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const weather = (i: number): string => OPTIONS[(i * 7 + (i >> 3)) % 3] ?? "clear";
const path = (more: string) => `/api/v1/projects/${project}/${more}`;

async function join(name: string, role = "contributor"): Promise<APIRequestContext> {
  const invitation = (await good(shop.api.post("/api/v1/invitations", { data: { display_name: name, role } }))) as { token: string };
  const own = await request.newContext({ baseURL: server.address });
  const email = `${name.toLowerCase().replaceAll(" ", "-")}@example.org`;
  await good(own.post("/api/v1/session/link", { data: { token: invitation.token, display_name: name, email, password: PASSWORD } }));
  return own;
}

/** One task of ordinary work; false where there is none for them. */
async function work(worker: Worker): Promise<boolean> {
  const { api } = worker;
  const { lease } = (await good(api.post(path("work/next")))) as { lease: { token: string } | null };
  if (!lease) return false;
  const picture = await api.get(`/api/v1/leases/${lease.token}/inputs/0`);
  const shown = hash(await picture.body());
  const truth = truthOf.get(shown);
  if (truth === undefined) throw new Error("The lease shows none of the pictures.");
  const others = OPTIONS.filter(option => option !== truth);
  const before = contested.get(shown);
  const isLed = !auditors.includes(worker) && (before !== undefined || planted.has(shown));
  const isRight = isLed ? before !== undefined && before % 2 === 0 : chance() < worker.right(worker.answered);
  const said = isRight ? truth : others[isLed ? 0 : Math.floor(chance() * others.length)];
  if (before !== undefined) contested.set(shown, before + 1);
  worker.answered++;
  const data = { answers: { weather: said }, active_milliseconds: 2000 + Math.floor(chance() * 2000) };
  await good(api.put(`/api/v1/leases/${lease.token}/response`, { data }));
  return true;
}

const rows = async (): Promise<readonly QualityRow[]> =>
  ((await good(shop.api.get(path("contributors/quality?limit=100")))) as { items: QualityRow[] }).items;

const proposed = async (): Promise<string[]> =>
  (await rows())
    .filter(row => row.gate.verdict === "propose_retraining")
    .map(row => row.display_name)
    .sort();

beforeAll(async () => {
  server = await startServer("serve");
  shop = await openShop(server);
  project = (
    (await good(shop.api.post("/api/v1/projects", { data: YAML, headers: { "Content-Type": "application/yaml" } }))) as { id: string }
  ).id;
  const lines: string[] = [];
  for (let i = 0; i < ORDINARY + GOLD + TRAINING; i++) {
    const picture = png(i + 1, 96, 64);
    truthOf.set(hash(picture), weather(i));
    // They come last, when who is honest has been seen.
    if (i >= ORDINARY - CONTESTED && i < ORDINARY) contested.set(hash(picture), 0);
    const url = `/api/v1/assets?project=${project}&file_name=picture-${i}.png`;
    const asset = (await good(shop.api.post(url, { data: picture, headers: { "Content-Type": "application/octet-stream" } }))) as {
      id: string;
    };
    const known = { gold: { weather: weather(i) } };
    const more =
      i < ORDINARY
        ? {}
        : i < ORDINARY + GOLD
          ? known
          : { ...known, purpose: "training", explanation: "Look at the **ground**: it tells the weather." };
    lines.push(JSON.stringify({ asset: asset.id, external_id: `picture-${String(i).padStart(3, "0")}`, ...more }));
  }
  await good(shop.api.post(path("tasks"), { data: `${lines.join("\n")}\n`, headers: { "Content-Type": "application/x-ndjson" } }));
  const add = async (list: Worker[], name: string, right: Worker["right"], role?: string) => {
    list.push({ name, api: await join(name, role), right, answered: 0, isDone: false });
  };
  for (const name of ["Honest Ann", "Honest Ben", "Honest Cid", "Honest Dan", "Honest Eva", "Honest Fay"])
    await add(workers, name, () => 0.93);
  for (const name of ["Spammer Sal", "Spammer Sid"]) await add(workers, name, () => 1 / 3);
  await add(workers, "Drifting Dot", answered => (answered < 26 ? 0.96 : 0.35));
  await add(auditors, "Auditor Rita", () => 1, "reviewer");
  await add(auditors, "Auditor Rob", () => 0.88, "reviewer");
  ida = await shop.join("Ida Adjudicator", "reviewer");
  lead = await openPage();
  await lead.context.addCookies((await shop.api.storageState()).cookies);
}, 300_000);

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
});

test("two who press anything are proposed for retraining within 40 tasks, honest people are not, and the one who grows careless rings the alarm", async () => {
  for (let round = 0; round < WITHIN; round++) for (const worker of workers) worker.isDone = !(await work(worker));
  await expect.poll(proposed, { timeout: 60_000, interval: 1000 }).toEqual(expect.arrayContaining(["Spammer Sal", "Spammer Sid"]));
  expect((await proposed()).filter(name => name.startsWith("Honest"))).toEqual([]);
  await expect
    .poll(
      async () => {
        const dot = workers.find(worker => worker.name === "Drifting Dot");
        if (dot && dot.answered < 90) await work(dot);
        for (const worker of workers.filter(each => each.name.startsWith("Honest")).slice(0, 2)) await work(worker);
        return (await rows()).filter(row => row.drift.alarm).map(row => row.display_name);
      },
      { timeout: 120_000, interval: 200 },
    )
    .toContain("Drifting Dot");
}, 400_000);

test("the lead sees why on the quality page and decides; nobody is moved by the number alone", async () => {
  const { page } = lead;
  expect((await rows()).every(row => row.standing.state !== "training")).toBe(true);
  await page.goto(`${server.address}/projects/${project}`);
  await page.getByRole("link", { name: /proposed for retraining/ }).click();
  await page.getByRole("heading", { name: "What needs a decision" }).waitFor();
  for (const name of ["Spammer Sal", "Spammer Sid"])
    await page.getByRole("listitem").filter({ hasText: name }).getByText("Retraining proposed").waitFor();
  await page
    .getByRole("row", { name: /Drifting Dot/ })
    .getByText("Alarm")
    .waitFor();
  await page.getByRole("figure", { name: /^Agreement on Weather/ }).waitFor();
  await page.getByRole("figure", { name: /^Confusion/ }).waitFor();
  await page.getByRole("figure", { name: "All graded answers" }).waitFor();
  await page.getByRole("heading", { name: "Cost of an accepted label" }).waitFor();
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);

  // The confusion matrix is walked by keys, and each plot is taken away.
  await page.getByRole("group", { name: /^Confusion matrix/ }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page
    .getByRole("status")
    .filter({ hasText: /^Of what is truly .* is called / })
    .waitFor();
  const taken = async (name: RegExp) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).first().click()]);
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  };
  expect(await taken(/^Save “Confusion.*as CSV/)).toMatch(/^true,said,share_of_true/);
  expect(await taken(/^Save “All graded answers” as SVG/)).toMatch(/^<\?xml[\s\S]*Spammer Sal[\s\S]*<\/svg>/);

  await page.getByRole("button", { name: "Decide about Spammer Sal" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: "Grounds" }).waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await dialog.getByLabel("Training tasks").fill(String(TRAINING));
  await dialog.getByLabel("Note").fill("Please look at the ground.");
  await dialog.getByRole("button", { name: "Decide", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("In training").first().waitFor();
  const sal = (await rows()).find(row => row.display_name === "Spammer Sal");
  expect(sal?.standing).toMatchObject({ state: "training", training_left: TRAINING });
  expect((await rows()).find(row => row.display_name === "Spammer Sid")?.standing.state).not.toBe("training");
}, 120_000);

test("whoever is to train does so openly, sees what is known and why, and is then let on", async () => {
  const sal = workers.find(worker => worker.name === "Spammer Sal");
  if (!sal) throw new Error("There is no such worker.");
  // Ordinary work is refused, with the reason.
  expect(await good(sal.api.post(path("work/next")))).toMatchObject({ lease: null, reason: "training" });
  const { page, context, complaints } = await openPage();
  await context.addCookies((await sal.api.storageState()).cookies);
  await page.goto(`${server.address}/work`);
  await page.getByText(`Training first: ${TRAINING} of ${TRAINING} tasks left`).waitFor();
  await page.getByRole("link", { name: "Train first" }).click();
  await page.getByText("Please look at the ground.").waitFor();
  expect(await accessFaults(page)).toEqual([]);
  for (let i = 0; i < TRAINING; i++) {
    await page.getByRole("button", { name: /^Submit/ }).waitFor();
    await closeInstructions(page);
    await page.keyboard.press("q");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "Feedback" }).waitFor();
    await page.getByText("it tells the weather").waitFor();
    await page.keyboard.press("n");
    if (i === 0) expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");
  }
  await page.getByText("Training is done").waitFor();
  expect(complaints).toEqual([]);
  await context.close();
  await expect
    .poll(async () => (await rows()).find(row => row.display_name === "Spammer Sal")?.standing.state, { timeout: 20_000 })
    .not.toBe("training");
}, 120_000);

test("the rest is answered, cases are adjudicated, a decision becomes an example, reviewed tasks become gold", async () => {
  const rest = workers.filter(worker => worker.name.startsWith("Honest"));
  const open = async () => ((await good(shop.api.get(path("progress")))) as { open: number }).open;
  // What the answers so far leave unsure is asked again only once they are weighed, so they look again until nothing is open.
  const left = async () => {
    for (const worker of rest) while (await work(worker));
    return open();
  };
  await expect.poll(left, { timeout: 120_000, interval: 500 }).toBe(0);
  await expect.poll(inReview, { timeout: 60_000 }).toBeGreaterThan(0);

  // The first case in the browser, shown as an example; the others over HTTP.
  const { page } = ida;
  await page.goto(`${server.address}/projects/${project}/review`);
  await page.getByRole("button", { name: /^(?:Accept|Save the decision)/ }).waitFor();
  await page.getByText("Loading the picture").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: /^(?:Accept|Save the decision)/ }).click();
  await page.getByRole("button", { name: "Show as an example" }).click();
  await page.getByLabel("Caption").fill("Wet ground without drops is rain.");
  await page.getByRole("button", { name: "Show it" }).click();
  await page.getByText("It stands in the instructions now.").waitFor();
  // Left within the application, so that also a case that is just being fetched ahead goes back to others.
  await page.getByRole("link", { name: "Back to my work", exact: true }).click();
  await page.getByText(/Today:/).waitFor();
  expect(await good(rest[0]?.api.get(path("examples")) as never)).toMatchObject({
    items: [{ caption: "Wet ground without drops is rain." }],
  });
  await adjudicate();
  await expect.poll(open, { timeout: 60_000 }).toBe(0);

  await lead.page.goto(`${server.address}/projects/${project}/gold`);
  await lead.page.getByRole("button", { name: "Make gold" }).click();
  const dialog = lead.page.getByRole("dialog");
  await dialog.getByLabel("How many").fill("2");
  await dialog.getByRole("button", { name: /^Make 2/ }).click();
  await lead.page.getByText(/\d tasks? (?:is|are) gold now/).waitFor();
  expect(await accessFaults(lead.page)).toEqual([]);
}, 400_000);

const inReview = async () => ((await good(shop.api.get(path("progress")))) as { in_review: number }).in_review;

/** Decides every open case as it is true, until none is left: one that a closed page held comes a moment later. */
async function adjudicate(): Promise<void> {
  await expect
    .poll(
      async () => {
        while (await decide());
        return inReview();
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe(0);
}

async function decide(): Promise<boolean> {
  const { lease } = (await good(ida.api.post(path("reviews/next")))) as { lease: { token: string } | null };
  if (!lease) return false;
  const picture = await ida.api.get(`/api/v1/leases/${lease.token}/inputs/0`);
  const answers = { weather: truthOf.get(hash(await picture.body())) };
  await good(ida.api.put(`/api/v1/reviews/${lease.token}`, { data: { decision: "edit", answers } }));
  return true;
}

test("a label that everybody got wrong alike is queued again by one click and decided anew", async () => {
  const i = ORDINARY + GOLD + TRAINING;
  const name = `picture-${i}`;
  const picture = png(i + 1, 96, 64);
  truthOf.set(hash(picture), weather(i));
  planted.add(hash(picture));
  const url = `/api/v1/assets?project=${project}&file_name=${name}.png`;
  const headers = { "Content-Type": "application/octet-stream" };
  const asset = (await good(shop.api.post(url, { data: picture, headers }))) as { id: string };
  const line = `${JSON.stringify({ asset: asset.id, external_id: name })}\n`;
  await good(shop.api.post(path("tasks"), { data: line, headers: { "Content-Type": "application/x-ndjson" } }));
  const honest = workers.filter(worker => worker.name.startsWith("Honest"));
  // These answers make reliabilities fall due: what is less sure by them comes to a reviewer, who decides it first.
  const answered = async () => {
    for (const worker of honest) while (await work(worker));
    while (await decide());
    const { open, in_review } = (await good(shop.api.get(path("progress")))) as { open: number; in_review: number };
    return { open, in_review };
  };
  await expect.poll(answered, { timeout: 60_000, interval: 500 }).toEqual({ open: 0, in_review: 0 });

  const { page } = lead;
  await page.goto(`${server.address}/projects/${project}/quality/suspects`);
  await page.getByLabel("Choose all shown").waitFor();
  expect(await accessFaults(page)).toEqual([]);
  const again = page.getByRole("button", { name: `Queue ${name} again` });
  while (!(await again.isVisible())) await page.getByRole("button", { name: "Load more" }).click();
  await again.click();
  await page.getByText("1 task waits for a reviewer again.").waitFor();
  await expect.poll(inReview, { timeout: 60_000 }).toBe(1);

  // Taken back while nobody has begun, and queued once more.
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("1 task is done again, as before.").waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await expect.poll(inReview, { timeout: 60_000 }).toBe(0);
  await again.click();
  await page.getByText("1 task waits for a reviewer again.").waitFor();
  await expect.poll(inReview, { timeout: 60_000 }).toBe(1);
  await adjudicate();
  await page.reload();
  await page.getByLabel("Choose all shown").waitFor();
  // A person has looked: what was accepted is now what is true, and no longer suspected.
  expect(await again.isVisible()).toBe(false);
  for (let after: string | null = ""; after !== null; ) {
    const query: string = after === "" ? "" : `&after=${after}`;
    const shown = (await good(shop.api.get(path(`suspects?limit=80${query}`)))) as {
      items: { external_id: string }[];
      next: string | null;
    };
    expect(shown.items.map(item => item.external_id)).not.toContain(name);
    after = shown.next;
  }
}, 120_000);

test("an audit is drawn and judged twice; the release's interval holds the truth, and a wrong auditor widens it", async () => {
  const { page } = lead;
  const size = 60;
  await page.goto(`${server.address}/projects/${project}?audit`);
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/could judge it/).waitFor();
  await dialog.getByLabel("Tasks to judge").fill(String(size));
  await dialog.getByLabel("Judged twice, %").fill("100");
  await dialog.getByRole("button", { name: `Draw ${size} tasks` }).click();
  await page.getByText(`0 of ${size} judged`).first().waitFor();
  for (let isWork = true; isWork; ) {
    isWork = false;
    for (const auditor of auditors) if (await work(auditor)) isWork = true;
  }
  await page.getByText(`${size} of ${size} judged`).first().waitFor({ timeout: 30_000 });

  await page.getByRole("link", { name: "Releases", exact: true }).click();
  await page.getByRole("button", { name: "Publish a release" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("link", { name: "Download" }).waitFor({ timeout: 90_000 });
  await page.getByRole("heading", { name: "How far the auditors err" }).waitFor();
  expect(await accessFaults(page)).toEqual([]);

  const release = /releases\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
  const labels = (await (await shop.api.get(`/api/v1/releases/${release}/files/labels.ndjson`)).text()).trim().split("\n");
  const right = labels.filter(line => {
    const { external_id, answers } = JSON.parse(line) as { external_id: string; answers: { weather: string } };
    return answers.weather === weather(Number(/\d+$/.exec(external_id)?.[0]));
  }).length;
  const file = (await good(shop.api.get(`/api/v1/releases/${release}/files/release.json`))) as {
    content: {
      assay: {
        figures: { name: string; estimate: number; lower: number; upper: number }[];
        auditors: { figure: string; judged_twice: number; error: number; widened_by: number }[];
        audit: { not_released: string[] };
      };
    };
  };
  const figure = file.content.assay.figures.find(each => each.name === "choice_accuracy");
  const truth = right / labels.length;
  expect(figure?.lower).toBeLessThanOrEqual(truth);
  expect(figure?.upper).toBeGreaterThanOrEqual(truth);
  const auditor = file.content.assay.auditors.find(each => each.figure === "choice_accuracy");
  // Drawn tasks that gold's answers made less sure are asked again and wait for that, so that this release is without them.
  expect(auditor?.judged_twice).toBe(size - file.content.assay.audit.not_released.length);
  expect(auditor?.error).toBeGreaterThan(0);
  expect(auditor?.widened_by).toBeGreaterThan(0);
  for (const { complaints } of [lead, ida]) expect(complaints).toEqual([]);
}, 300_000);
