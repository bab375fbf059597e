import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Random } from "../src/engine/testing/random";
import { closeInstructions, ready } from "./bench";
import { chromiumFlags, chromiumPath, closeBrowser, type RunningServer, startServer } from "./harness";
import { openShop, type Person, pictures, type Shop, STREETS } from "./shop";

/**
 * A script labels while the tab, the browser, the server and the network go away at random. Whatever the page had shown as saved must be there when it is
 * opened again. More rounds: TOUCHSTONE_KILL_ROUNDS=200; the same again: TOUCHSTONE_SEED as printed.
 */
const rounds = Number(process.env.TOUCHSTONE_KILL_ROUNDS ?? 4);
const seed = Number(process.env.TOUCHSTONE_SEED ?? 20_260_101);

let server: RunningServer;
let shop: Shop;
let person: Person;
let project = "";
let folder = "";

beforeAll(async () => {
  server = await startServer("serve");
  shop = await openShop(server);
  // One picture that is never submitted: all of it is kept from the first round to the last.
  project = await shop.project(STREETS, pictures(1));
  person = await shop.join("Journal");
  await person.context.close();
  folder = await mkdtemp(join(tmpdir(), "touchstone-browser-"));
});

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Disked {
  readonly context: BrowserContext;
  /** All of its processes end at once, as when the machine does. */
  kill(): Promise<void>;
}

/** A browser with a disk of its own, which outlives it. */
async function launch(): Promise<Disked> {
  const flags = [...chromiumFlags, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${folder}`, "about:blank"];
  const child = spawn(chromiumPath, flags, { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found?.[1]) resolve(found[1]);
    });
    child.once("exit", code => reject(new Error(`The browser ended with ${code}:\n${said}`)));
  });
  const connection = await chromium.connectOverCDP(address);
  const context = connection.contexts()[0];
  if (!context) throw new Error("The browser has no context.");
  await context.addCookies((await person.state()).cookies);
  return {
    context,
    kill: async () => {
      const ended = new Promise(resolve => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      await connection.close().catch(() => undefined);
    },
  };
}

async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1000, height: 700 });
  return page;
}

/** The objects as the list tells them: class and size of each. */
interface Seen {
  objects: string;
  state: string;
  sequence: number;
}

/** Notes within the page, at each change of it, the last command that was shown as saved, on the server or on this computer. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const look = () => {
      const line = document.querySelector("output[data-state]");
      return { state: line?.getAttribute("data-state") ?? "", sequence: Number(line?.getAttribute("data-sequence")) };
    };
    const kept = { promised: 0 };
    const note = () => {
      const { state, sequence } = look();
      if (state !== "saving" && state !== "unsaved" && state !== "") kept.promised = Math.max(kept.promised, sequence);
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    note();
    Object.assign(window, { __kept: kept });
  });
}

const promisedIn = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { __kept: { promised: number } }).__kept.promised);

const stateIn = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const line = document.querySelector("output[data-state]");
    const rows = [...document.querySelectorAll("ul[aria-label=Objects] li button[aria-pressed]")];
    return {
      objects: rows
        .map(row => row.textContent?.trim() ?? "")
        .sort()
        .join("; "),
      state: line?.getAttribute("data-state") ?? "",
      sequence: Number(line?.getAttribute("data-sequence")),
    };
  });

const objectsIn = async (page: Page): Promise<string> => (await stateIn(page)).objects;

test(
  `nothing that was shown as saved is lost in ${rounds} rounds of kills (TOUCHSTONE_SEED=${seed})`,
  async () => {
    const random = new Random(seed);
    const pick = (count: number) => random.whole(count);
    let browser = await launch();
    let page = await newPage(browser.context);
    /** The objects after each command, by its number. */
    const after = new Map<number, string>([[0, ""]]);
    const counts = { commands: 0, promised: 0, neverPromisedAndGone: 0, tab: 0, browser: 0, server: 0, network: 0 };

    const enter = async () => {
      await page.goto(`${server.address}/work/${project}`);
      await ready(page);
      await closeInstructions(page);
      await watch(page);
    };
    await enter();
    let sequence = 0;
    for (let round = 1; round <= rounds; round++) {
      const steps = 3 + pick(8);
      const kind = (["tab", "browser", "server", "network"] as const)[pick(4)] ?? "tab";
      const at = pick(steps);
      for (let step = 0; step < steps; step++) {
        if (step === at && kind === "network") await browser.context.setOffline(true);
        if (step === at && kind === "server") await server.crash();
        await act(page, pick, sequence);
        sequence++;
        counts.commands++;
        after.set(sequence, await objectsIn(page));
        if (random.chance(0.4)) await page.waitForTimeout(pick(900));
      }
      const promised = await promisedIn(page);
      counts[kind]++;
      if (kind === "browser") {
        await browser.kill();
        browser = await launch();
        page = await newPage(browser.context);
      } else {
        const fresh = await newPage(browser.context);
        await page.close({ runBeforeUnload: false });
        page = fresh;
      }
      if (kind === "server") await server.revive();
      await browser.context.setOffline(false);
      await enter();
      // The page tells how far its journal goes; what is shown must be what was there after just that command.
      const seen = await stateIn(page);
      const told = `round ${round}, ${kind}, seed ${seed}`;
      expect(seen.sequence, told).toBeGreaterThanOrEqual(promised);
      expect(after.get(seen.sequence), told).toBe(seen.objects);
      counts.promised += promised > 0 ? 1 : 0;
      counts.neverPromisedAndGone += sequence - seen.sequence;
      sequence = seen.sequence;
    }

    // In the end the server has it all.
    await expect.poll(async () => (await stateIn(page)).state, { timeout: 30_000 }).toBe("saved");
    const { held } = (await (await person.api.get("/api/v1/me/work")).json()) as { held: string[] };
    const draft = (await (await person.api.get(`/api/v1/leases/${held[0]}/draft`)).json()) as {
      body: { sequence: number; answers: { objects: unknown[] } };
    };
    expect(draft.body.sequence).toBe(sequence);
    expect(draft.body.answers.objects).toHaveLength(((await objectsIn(page)).match(/×/g) ?? []).length);
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    await browser.kill();
  },
  60_000 + rounds * 30_000,
);

/** One command: draws a box, moves or deletes one, undoes or redoes. Each is seen in the list before the next is done. */
async function act(page: Page, pick: (count: number) => number, sequence: number): Promise<void> {
  const before = await objectsIn(page);
  const canvas = await page.locator("[data-canvas]").boundingBox();
  if (!canvas) throw new Error("There is no canvas.");
  const isBusy = before.split(";").length > 12;
  const what = sequence === 0 ? 0 : pick(10);
  if (what < 6 && !isBusy) {
    // Out of drawing, then nothing selected: the key then takes the class instead of giving it to something.
    await page.locator("[data-canvas]").press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("2");
    // Within the picture, each box of another size, so that each is told from all others.
    const left = canvas.x + canvas.width * (0.1 + pick(50) / 100);
    const top = canvas.y + canvas.height * (0.25 + pick(25) / 100);
    await page.mouse.move(left, top);
    await page.mouse.down();
    await page.mouse.move(left + 20 + pick(120), top + 20 + pick(90));
    await page.mouse.up();
  } else if (what < 8 || isBusy) {
    const remove = page.locator("ul[aria-label=Objects] button[aria-label^=Delete]");
    const count = await remove.count();
    if (count === 0) return act(page, () => 0, 0);
    await remove.nth(pick(count)).click({ force: true });
  } else if (await page.getByRole("button", { name: "Undo" }).isDisabled()) return act(page, () => 0, 0);
  else await page.locator("[data-canvas]").press("Control+z");
  await expect.poll(() => objectsIn(page), { interval: 10 }).not.toBe(before);
}
