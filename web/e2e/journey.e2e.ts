import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type APIRequestContext, type Page, request } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { closeInstructions, expectObjects, ready } from "./bench";
import { type Hands, keys, mouse } from "./hands";
import { accessFaults, closeBrowser, openBrowser, openPage, type RunningServer, startServer, type Watched } from "./harness";
import { hasPhotos, type Photo, photos, WITHOUT_PHOTOS } from "./photos";
import { good } from "./shop";
import { unzip } from "./unzip";

const program = process.env.TOUCHSTONE_PROGRAM ?? join(import.meta.dirname, "../../src/Touchstone/bin/Release/net10.0/touchstone");

/** Classes of the pack, by the data set's names; the key draws it. What is no vehicle is left out. */
const CLASSES: Readonly<Record<string, { readonly id: string; readonly key: string }>> = {
  car: { id: "car", key: "1" },
  bus: { id: "bus", key: "4" },
};

const vehicles = (photo: Photo) => photo.boxes.filter(box => CLASSES[box.name] && box.width >= 20 && box.height >= 20);

/** What a careful person says of a photograph. `wrongAt` mistakes the first vehicle's class. */
const answersOf = (photo: Photo, wrong = false) => ({
  objects: vehicles(photo).map(({ name, x, y, width, height }, i) => ({
    id: `s${i + 1}`,
    class: wrong && i === 0 ? "van" : (CLASSES[name]?.id ?? "car"),
    box: { x: Math.max(0, x), y: Math.max(0, y), width: Math.min(width, photo.width - x), height: Math.min(height, photo.height - y) },
    attributes: { occlusion: "none" },
  })),
});

const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

interface Lease {
  readonly token: string;
  readonly inputs: readonly { readonly url: string }[];
  readonly correction: unknown;
}

/** Somebody with a page and, behind it, the same session for what the test does over HTTP. */
interface Traveller extends Watched {
  readonly api: APIRequestContext;
}

class Journey {
  readonly #hands: Hands;
  readonly #server: RunningServer;
  readonly #photos: ReadonlyMap<string, Photo>;
  #project = "";

  constructor(hands: Hands, server: RunningServer, all: ReadonlyMap<string, Photo>) {
    this.#hands = hands;
    this.#server = server;
    this.#photos = all;
  }

  async owner(): Promise<Traveller> {
    const lead = await openPage();
    const { page } = lead;
    const { fill, press } = this.#hands;
    await page.goto(this.#server.link);
    await fill(page.getByLabel("Your name"), "Ada Lead");
    await fill(page.getByLabel("Organization"), "Streets and Co");
    await fill(page.getByLabel("E-mail"), "ada@example.org");
    await fill(page.getByLabel("Password", { exact: true }), "a long enough secret");
    await press(page.getByRole("button", { name: "Become the owner" }));
    await page.getByRole("heading", { name: "Projects", exact: true }).waitFor();
    return { ...lead, api: await this.#apiOf(lead) };
  }

  async #apiOf({ context }: Watched): Promise<APIRequestContext> {
    return request.newContext({ baseURL: this.#server.address, storageState: await context.storageState() });
  }

  async create({ page, api }: Traveller): Promise<void> {
    const { fill, press, check } = this.#hands;
    await press(page.getByRole("link", { name: "New project" }));
    await fill(page.getByLabel("Name", { exact: true }), "Street photographs");
    await check(page.getByLabel("Driving: Vehicles"));
    await press(page.locator("summary", { hasText: "How the work is done" }));
    await fill(page.getByLabel("Responses at first"), "2");
    await fill(page.getByLabel("Responses at most"), "2");
    await this.#choose(page.getByRole("combobox", { name: "A reviewer decides" }), "Always");
    await page.getByText("Nothing wrong").waitFor();
    await press(page.getByRole("button", { name: "Create the project" }).first());
    await page.getByRole("heading", { name: "Street photographs" }).waitFor();
    await page.getByText("No data yet").waitFor();
    // What is chosen here is what the server has.
    this.#project = /projects\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
    const { settings } = (await good(api.get(`/api/v1/projects/${this.#project}`))) as {
      settings: { overlap: { min: number; max: number }; review: { when: string } };
    };
    expect(settings).toMatchObject({ overlap: { min: 2, max: 2 }, review: { when: "always" } });
  }

  async import({ page }: Traveller): Promise<void> {
    const { press, files } = this.#hands;
    await press(page.getByRole("link", { name: "Import data" }).first());
    await page.getByRole("button", { name: "Choose files" }).waitFor();
    await files(
      page,
      [...this.#photos.values()].map(photo => photo.path),
    );
    await page.getByRole("heading", { name: "Import finished" }).waitFor();
    await page.getByText("16 new tasks").waitFor();
  }

  /** Invites somebody by a link, by which they come in. */
  async invite({ page }: Traveller, name: string, role: "Contributor" | "Reviewer"): Promise<Traveller> {
    const { fill, press } = this.#hands;
    await press(page.getByRole("link", { name: "People" }));
    await press(page.getByRole("button", { name: "Invite" }));
    const dialog = page.getByRole("dialog");
    await fill(dialog.getByLabel("Name"), name);
    if (role === "Reviewer") await this.#choose(dialog.getByRole("combobox", { name: /^Role/ }), "Reviewer");
    await press(dialog.getByRole("button", { name: "Make the link" }));
    const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    const guest = await openPage();
    await guest.page.goto(link);
    await fill(guest.page.getByLabel("E-mail"), `${name.split(" ")[0]?.toLowerCase()}@example.org`);
    await fill(guest.page.getByLabel("Password", { exact: true }), "another long secret");
    await press(guest.page.getByRole("button", { name: "Join" }));
    await guest.page.getByRole("heading", { name: "My work" }).waitFor();
    return { ...guest, api: await this.#apiOf(guest) };
  }

  async #choose(field: ReturnType<Page["getByRole"]>, option: string): Promise<void> {
    await this.#hands.press(field);
    const page = field.page();
    if (this.#hands === mouse) {
      await page.getByRole("option", { name: option }).click();
      return;
    }
    for (let i = 0; i < 8; i++) {
      if (
        (await page.locator('[data-combobox-selected="true"], [role="option"][aria-selected="true"]').allInnerTexts()).some(text =>
          text.startsWith(option),
        )
      )
        break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
  }

  /** The photograph that a lease shows, known by its bytes. */
  async #photoOf(api: APIRequestContext, lease: Lease): Promise<Photo> {
    const picture = await api.get(`/api/v1/leases/${lease.token}/inputs/0`);
    const found = this.#photos.get(hash(await picture.body()));
    if (!found) throw new Error("The lease shows none of the photographs.");
    return found;
  }

  /** Labels tasks at the workbench, as many as are asked for. */
  async label({ page, api }: Traveller, count: number): Promise<void> {
    const { press, draw, submit } = this.#hands;
    await press(page.getByRole("link", { name: "Label", exact: true }));
    await ready(page);
    await closeInstructions(page);
    for (let i = 0; i < count; i++) {
      const mine = (await good(api.get("/api/v1/me/work"))) as { held: readonly string[]; responses: number };
      const lease = (await good(api.get(`/api/v1/leases/${mine.held[0]}`))) as Lease;
      const photo = await this.#photoOf(api, lease);
      const boxes = vehicles(photo);
      for (const [n, box] of boxes.entries()) await draw(page, CLASSES[box.name]?.key ?? "1", photo, box, () => this.#occlusion(page, n));
      await expectObjects(page, boxes.length);
      await submit(page, page.getByRole("button", { name: /^Submit/ }));
      await expect
        .poll(async () => ((await good(api.get("/api/v1/me/work"))) as { responses: number }).responses, { timeout: 15_000 })
        .toBe(mine.responses + 1);
      if (i + 1 < count) await ready(page);
    }
  }

  /** What was drawn last is not hidden. */
  async #occlusion(page: Page, number: number): Promise<void> {
    await expectObjects(page, number + 1);
    const chip = page.getByRole("group", { name: /^Occlusion/ }).getByRole("button", { name: "Not hidden" });
    if (this.#hands === keys && !(await chip.isVisible())) await page.keyboard.press("PageUp");
    await this.#hands.press(chip);
  }

  /** The rest is answered over HTTP: it would be the same once more. What the page still held comes first. */
  async answer({ api }: Traveller, wrong: (photo: Photo) => boolean = () => false): Promise<void> {
    const submit = async (lease: Lease): Promise<void> => {
      const photo = await this.#photoOf(api, lease);
      const data = { answers: answersOf(photo, wrong(photo)), active_milliseconds: 20_000 };
      await good(api.put(`/api/v1/leases/${lease.token}/response`, { data }));
    };
    const { held } = (await good(api.get("/api/v1/me/work"))) as { held: readonly string[] };
    for (const token of held) await submit((await good(api.get(`/api/v1/leases/${token}`))) as Lease);
    for (;;) {
      const { lease } = (await good(api.post(`/api/v1/projects/${this.#project}/work/next`))) as { lease: Lease | null };
      if (!lease) return;
      await submit(lease);
    }
  }

  async progress({ api }: Traveller) {
    return (await good(api.get(`/api/v1/projects/${this.#project}/progress`))) as {
      done: number;
      in_review: number;
      open: number;
      audit_tasks: number;
    };
  }

  /** Decides every open case: the first in dispute is answered otherwise, the second goes back with a comment, the others are accepted. */
  async review(lead: Traveller, contributors: readonly Traveller[]): Promise<void> {
    const { page } = lead;
    const { press, submit, fill } = this.#hands;
    await page.goto(`${this.#server.address}/projects/${this.#project}`);
    await press(page.getByRole("link", { name: /wait for a reviewer/ }));
    await page.getByRole("heading", { name: "Differences" }).waitFor();
    const differences = page.getByRole("region", { name: "Differences" });
    const name = async () =>
      (
        await page
          .locator("header")
          .getByText(/\.jpg$/)
          .allInnerTexts()
      ).join();
    const open = (await this.progress(lead)).in_review;
    expect(open).toBeGreaterThanOrEqual(3);
    const todo = ["edit", "send back"];
    for (let i = 0; i < open; i++) {
      const before = await name();
      await page.getByText("Loading the picture").waitFor({ state: "hidden" });
      const disputed = (await differences.getByRole("listitem").count()) > 0;
      if (disputed) await press(page.getByRole("button", { name: "Next difference" }));
      const how = disputed ? todo.shift() : undefined;
      if (how === "edit") {
        // What the consensus does not say is taken.
        await press(differences.locator('[aria-pressed="false"]').first());
        await page.getByText("1 change of the consensus").waitFor();
        await submit(page, page.getByRole("button", { name: /^Save the decision/ }));
      } else if (how === "send back") {
        await press(page.getByRole("button", { name: /^Send back/ }));
        await fill(page.getByRole("textbox", { name: "What should be looked at" }), "Is this a van?");
        await submit(page, page.getByRole("region", { name: "Send back" }).getByRole("button", { name: "Send back" }));
      } else await submit(page, page.getByRole("button", { name: /^Accept/ }));
      await expect.poll(name, { timeout: 15_000 }).not.toBe(before);
    }
    expect(todo).toEqual([]);
    await page.getByText("Nothing to review").waitFor();
    await this.#correct(contributors);
    await expect.poll(async () => (await this.progress(lead)).in_review, { timeout: 30_000 }).toBe(1);
    await press(page.getByRole("button", { name: "Look again" }));
    await page.getByText("Sent back before").waitFor();
    await submit(page, page.getByRole("button", { name: /^Accept/ }));
    await page.getByText("Nothing to review").waitFor();
    await expect.poll(async () => (await this.progress(lead)).done, { timeout: 30_000 }).toBe(16);
  }

  /** Whoever the work went back to reads why, at the shape, and sends it again. */
  async #correct(contributors: readonly Traveller[]): Promise<void> {
    for (const { page } of contributors) {
      await page.goto(`${this.#server.address}/work/${this.#project}`);
      const sentBack = page.getByText("Sent back to you");
      const nothing = page.getByText(/Everything is taken or done|You have done all/);
      await sentBack.or(nothing).first().waitFor();
      if (!(await sentBack.isVisible())) continue;
      await ready(page);
      await closeInstructions(page);
      await page.getByRole("region", { name: "Comments" }).getByText("Is this a van?").waitFor();
      await this.#hands.submit(page, page.getByRole("button", { name: /^Submit/ }));
      await nothing.waitFor();
      return;
    }
    throw new Error("The work went back to nobody.");
  }

  /** Asks for an audit; a reviewer who had no part in the tasks does it as ordinary work. */
  async audit(lead: Traveller, auditor: Traveller): Promise<void> {
    const { press, fill } = this.#hands;
    const { page } = lead;
    await press(page.getByRole("link", { name: "Back to the project" }));
    await press(page.getByRole("button", { name: "Draw an audit" }));
    const dialog = page.getByRole("dialog");
    await fill(dialog.getByLabel("Tasks to judge"), "8");
    await press(dialog.getByRole("button", { name: "Draw 8 tasks" }));
    await page.getByText("0 of 8 judged").waitFor();
    await auditor.page.goto(`${this.#server.address}/work`);
    await this.label(auditor, 1);
    expect(await auditor.page.locator("body").innerText()).not.toMatch(/audit/i);
    await auditor.page.goto("about:blank");
    await this.answer(auditor);
    await page.getByText("8 of 8 judged").waitFor();
  }

  /** Publishes a release, downloads it and has it verified. */
  async release({ page }: Traveller): Promise<void> {
    const { press, check } = this.#hands;
    await press(page.getByRole("link", { name: "Releases", exact: true }));
    await press(page.getByRole("button", { name: "Publish a release" }).first());
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/measured on 8 audited tasks/).waitFor();
    await check(dialog.getByLabel("Copy the pictures into the release"));
    await press(dialog.getByRole("button", { name: "Publish", exact: true }));
    const link = page.getByRole("link", { name: "Download" });
    await link.waitFor({ timeout: 60_000 });
    await page.getByRole("heading", { name: "What it does not know" }).first().waitFor();
    // From a label to what people said of it, drawn.
    const lineage = page.getByRole("region", { name: "Lineage" });
    await this.#hands.fill(lineage.getByRole("searchbox"), "2007_000515");
    await press(lineage.getByRole("button", { name: "2007_000515.jpg" }));
    const dashed = lineage.locator('g[data-dashed="true"]');
    await lineage.getByText("Rests on 2 responses").waitFor();
    expect(await dashed.count()).toBe(0);
    await press(lineage.getByRole("button", { name: /, by people/ }).first());
    await expect.poll(() => dashed.count()).toBe(2);
    expect(await accessFaults(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent("download"), press(link)]);
    const folder = await mkdtemp(join(tmpdir(), "touchstone-journey-"));
    try {
      const archive = join(folder, "release.zip");
      await download.saveAs(archive);
      const names = await unzip(archive, join(folder, "release"));
      const root = names.find(name => name.endsWith("release.json"))?.slice(0, -"release.json".length) ?? "";
      expect(names.filter(name => name.endsWith(".jpg"))).toHaveLength(16);
      const { stdout } = await promisify(execFile)(program, ["verify", join(folder, "release", root)]);
      expect(stdout).not.toBe("");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

afterAll(closeBrowser);

/** What stood on every page when something failed, where a folder for pictures is given. */
async function picturesOf(name: string): Promise<void> {
  const folder = process.env.TOUCHSTONE_PICTURES;
  if (!folder) return;
  const pages = (await openBrowser()).contexts().flatMap(context => context.pages());
  for (const [i, page] of pages.entries()) await page.screenshot({ path: join(folder, `${name}-${i}.png`) });
}

/** From a link that a server prints to a release that anyone can check, by one means alone. */
describe.skipIf(!hasPhotos())(hasPhotos() ? "the whole way" : `the whole way. ${WITHOUT_PHOTOS}`, () => {
  test.each([
    ["mouse", mouse],
    ["keyboard", keys],
  ] as const)("goes by %s", { timeout: 600_000 }, async (means, hands) => {
    const all = await photos();
    const byHash = new Map(await Promise.all(all.map(async photo => [hash(await readFile(photo.path)), photo] as const)));
    expect(byHash.size).toBe(16);
    const server = await startServer("serve");
    try {
      const way = new Journey(hands, server, byHash);
      const lead = await way.owner();
      await way.create(lead);
      await way.import(lead);
      const ann = await way.invite(lead, "Ann Anders", "Contributor");
      const ben = await way.invite(lead, "Ben Boyle", "Contributor");
      const rita = await way.invite(lead, "Rita Review", "Reviewer");
      await ann.page.goto(`${server.address}/work`);
      await way.label(ann, 2);
      await ann.page.goto("about:blank");
      await way.answer(ann);
      await way.answer(ben, photo => vehicles(photo).length > 0);
      await expect.poll(async () => (await way.progress(lead)).open, { timeout: 30_000 }).toBe(0);
      await way.review(lead, [ann, ben]);
      await way.audit(lead, rita);
      await way.release(lead);
      for (const { complaints } of [lead, ann, ben, rita]) expect(complaints).toEqual([]);
    } catch (failure) {
      await picturesOf(`journey-${means}`);
      throw failure;
    } finally {
      await closeBrowser();
      await server.stop();
    }
  });
});
