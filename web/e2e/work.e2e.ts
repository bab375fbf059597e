import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clickAt, closeInstructions, drag, expectObjects, expectSaved, objects, openWork, ready } from "./bench";
import { accessFaults, closeBrowser, openPage, overflow, png, type RunningServer, startServer } from "./harness";
import { good, openShop, PASSWORD, type Person, pictures, type Shop, STREETS } from "./shop";

/** Set to a folder to keep a picture of every state in it. */
const folder = process.env.TOUCHSTONE_PICTURES;

async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `work-${name}.png`) });
}

let server: RunningServer;
let shop: Shop;
const open: Person[] = [];

beforeAll(async () => {
  server = await startServer("serve");
  shop = await openShop(server);
});

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
});

/** Somebody at the workbench of a project of their own. */
async function begin(
  name: string,
  files: readonly Buffer[] = pictures(4),
  yaml = STREETS,
  options: { fresh?: boolean; noise?: boolean } = {},
) {
  const project = await shop.project(yaml.replace("name: Crossings", `name: ${name}`), files);
  const person = await shop.join(name);
  open.push(person);
  if (options.noise) await spoilFirst(person.page);
  await openWork(person.page, server.address, project);
  if (!options.fresh) await closeInstructions(person.page);
  return { ...person, project };
}

/** The first picture comes as noise: the server takes none that is broken, so it breaks on the way. */
async function spoilFirst(page: Page): Promise<void> {
  let first: string | null = null;
  await page.route("**/api/v1/leases/*/inputs/*", route => {
    const url = route.request().url();
    first ??= url;
    return url === first ? route.fulfill({ contentType: "image/png", body: Buffer.from("noise") }) : route.continue();
  });
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Answers {
  objects: { class: string; box?: Box; attributes?: Record<string, unknown> }[];
  weather?: string;
}

/** What the server has of the task at hand. */
async function drafted(person: Person): Promise<Answers> {
  const mine = (await (await person.api.get("/api/v1/me/work")).json()) as { held: string[] };
  const draft = (await (await person.api.get(`/api/v1/leases/${mine.held[0]}/draft`)).json()) as { body: { answers: Answers } };
  return draft.body.answers;
}

const done = async (project: string): Promise<number> => {
  const page = (await (await shop.api.get(`/api/v1/projects/${project}/tasks?limit=100`)).json()) as {
    items: { response_count: number }[];
  };
  return page.items.reduce((sum, task) => sum + task.response_count, 0);
};

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

describe("labelling", () => {
  test("goes by mouse: class, box, attributes that follow, question, undo, list, submit, next", async () => {
    const { page, complaints, project, ...person } = await begin("Mouse", pictures(4), STREETS, { fresh: true });
    await page.getByText("tight around the whole of it").waitFor();
    await closeInstructions(page);
    expect(await accessFaults(page)).toEqual([]);

    await button(page, /^Car/).first().click();
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await expectObjects(page, 1);
    await button(page, /^Person/)
      .first()
      .click();
    await drag(page, [0.6, 0.4], [0.7, 0.7]);
    await expectObjects(page, 2);

    // Submitting says what is missing, at its place, and sends nothing.
    await button(page, /^Submit/).click();
    await page.getByRole("heading", { name: "2 things to mend" }).waitFor();
    await page.getByRole("region", { name: "2 things to mend" }).getByText("Car 1, Parked: An answer is needed.").waitFor();
    await picture(page, "faults");
    expect(await accessFaults(page)).toEqual([]);
    expect(await done(project)).toBe(0);

    const parked = page.getByRole("group", { name: /^Parked/ });
    expect(await page.getByRole("group", { name: "Open door" }).count()).toBe(0);
    await parked.getByRole("button", { name: "Yes" }).click();
    await page.getByRole("group", { name: "Open door" }).getByRole("button", { name: /^Some/ }).click();
    await parked.getByRole("button", { name: "No" }).click();
    expect(await page.getByRole("group", { name: "Open door" }).count()).toBe(0);
    await page
      .getByRole("group", { name: /^Weather/ })
      .getByRole("button", { name: /^Rain/ })
      .click();

    // The list selects, hides, locks, deletes; undo brings back.
    await button(page, "Delete Person 2").click();
    await expectObjects(page, 1);
    await button(page, "Undo").click();
    await expectObjects(page, 2);
    await button(page, "Hide Person 2").click();
    await button(page, "Show Person 2").click();
    await button(page, "Lock Car 1").click();
    expect(await button(page, "Delete Car 1").isDisabled()).toBe(true);
    await button(page, "Unlock Car 1").click();
    await expectSaved(page);
    const saved = await drafted({ ...person, page, complaints });
    expect(saved.weather).toBe("rain");
    expect(saved.objects.map(each => each.class)).toEqual(["car", "person"]);
    expect(saved.objects[0]?.attributes).toEqual({ parked: false });

    await button(page, /^Submit/).click();
    await expectObjects(page, 0);
    await page.getByText("1 today").waitFor();
    await expect.poll(() => done(project)).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("goes by keyboard alone", async () => {
    const { page, complaints, project } = await begin("Keys", pictures(2), STREETS, { fresh: true });
    await page.keyboard.press("i");
    await page.getByText("tight around the whole of it").waitFor({ state: "hidden" });
    await page.keyboard.press("1");
    for (const key of ["ArrowLeft", "ArrowUp"]) for (let i = 0; i < 5; i++) await page.keyboard.press(`Shift+${key}`);
    await page.keyboard.press("Enter");
    for (const key of ["ArrowRight", "ArrowDown"]) for (let i = 0; i < 9; i++) await page.keyboard.press(`Shift+${key}`);
    await page.keyboard.press("Enter");
    await expectObjects(page, 1);

    // All away and back in one step each; what was drawn with is taken up again.
    await page.keyboard.press("Control+Backspace");
    await expectObjects(page, 0);
    await page.keyboard.press("Control+z");
    await expectObjects(page, 1);
    await page.keyboard.press("v");
    await page.keyboard.press("Shift+N"); // the ontology took N
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Enter");
    for (const key of ["ArrowRight", "ArrowDown"]) for (let i = 0; i < 3; i++) await page.keyboard.press(`Shift+${key}`);
    await page.keyboard.press("Enter");
    await expectObjects(page, 2);
    await page.keyboard.press("Delete");
    await expectObjects(page, 1);

    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "2 things to mend" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("PageDown");
    // Attributes without keys are reached by Tab.
    const yes = page.getByRole("group", { name: /^Parked/ }).getByRole("button", { name: "Yes" });
    for (let i = 0; i < 60 && !(await yes.evaluate(each => each === document.activeElement)); i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("m");
    await page.keyboard.press("q");
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Weather: Clear").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Enter");
    await expectObjects(page, 0);
    await expect.poll(() => done(project)).toBe(1);

    // Skip, with a reason, by keys too.
    await ready(page);
    await page.keyboard.press("Control+Space");
    await page.getByRole("dialog", { name: "Skip this task" }).waitFor();
    await picture(page, "skip");
    const reason = button(page, "The picture is broken or empty");
    expect(await reason.evaluate(each => each === document.activeElement)).toBe(true);
    await page.keyboard.press("2");
    expect(await button(page, "What is asked cannot be seen").getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("Space");
    expect(await reason.getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("Control+Enter");
    await page.getByText("You have done all there is for you").or(page.getByText("Everything is taken or done")).waitFor();
    await picture(page, "empty");
    expect(await accessFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("the next task is there before it is asked for, and skipping and returning lead to it", async () => {
    const { page, api } = await begin("Ahead", pictures(4));
    await expect.poll(async () => ((await (await api.get("/api/v1/me/work")).json()) as { held: string[] }).held.length).toBe(2);
    await button(page, "Return").click();
    await ready(page);
    await drag(page, [0.3, 0.3], [0.4, 0.4]);
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.4, 0.4]);
    await expectObjects(page, 1);
    await button(page, "Return").click();
    const dialog = page.getByRole("dialog", { name: "Return this task" });
    await dialog.getByText("What you have drawn on it here is dropped.").waitFor();
    await dialog.getByRole("button", { name: "Return it" }).click();
    await expectObjects(page, 0);
  });

  test("work that a reviewer sent back shows the comment at its shape", async () => {
    const yaml = STREETS.replace("overlap: {min: 1, max: 1}", "overlap: {min: 1, max: 1}\nreview: {when: always}");
    const { page, project } = await begin("Back", pictures(1), yaml);
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await page.keyboard.press("q");
    await page.keyboard.press("Control+Enter");
    await page.getByText(/Everything is taken or done|You have done all/).waitFor();
    type Review = { lease: { token: string; responses: { response: string; answers: { objects: { id: string }[] } }[] } | null };
    const asked: Review[] = [];
    const hasReview = async () => {
      asked.push((await good(shop.api.post(`/api/v1/projects/${project}/reviews/next`))) as Review);
      return asked.at(-1)?.lease !== null;
    };
    await expect.poll(hasReview, { timeout: 20_000 }).toBe(true);
    const lease = asked.at(-1)?.lease;
    const response = lease?.responses[0];
    const comments = [
      { text: "Take in the hat too.", question: "objects", shape: response?.answers.objects[0]?.id },
      { text: "Otherwise good." },
    ];
    await good(
      shop.api.put(`/api/v1/reviews/${lease?.token}`, { data: { decision: "send_back", response: response?.response, comments } }),
    );
    await button(page, "Look again").click();
    await expectObjects(page, 1);
    await page.getByText("A reviewer asks you to mend this task.").waitFor();
    await button(page, "Take in the hat too.").last().waitFor();
    await page.getByText("Otherwise good.").waitFor();
    await picture(page, "sent-back");
    expect(await accessFaults(page)).toEqual([]);
    await drag(page, [0.4, 0.4], [0.45, 0.45]);
    await page.keyboard.press("Control+Enter");
    await page.getByText(/Everything is taken or done|You have done all/).waitFor();
  });
});

describe("nothing is lost", () => {
  test("by loading the page again, nor by a tab that is gone at once", async () => {
    const { page, context, project } = await begin("Reload");
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await drag(page, [0.5, 0.5], [0.6, 0.7]);
    await expect
      .poll(async () => ["local", "saved"].includes((await page.locator("output[data-state]").first().getAttribute("data-state")) ?? ""))
      .toBe(true);
    await page.reload();
    await ready(page);
    await expectObjects(page, 2);
    await page.keyboard.press("Control+z");
    await expectObjects(page, 1);
    await expectSaved(page);
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await openWork(again, server.address, project);
    await expectObjects(again, 1);
  });

  test("by a network that is away", async () => {
    const person = await begin("Offline");
    const { page, context, project } = person;
    await context.setOffline(true);
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await page.keyboard.press("q");
    await page.getByText("Offline. Saved on this computer, will send").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("The server does not answer yet.").waitFor();
    await picture(page, "offline");
    await button(page, "Go on editing").click();
    await button(page, "Go on editing").waitFor({ state: "hidden" });
    await drag(page, [0.6, 0.3], [0.7, 0.5]);
    await expectObjects(page, 2);
    await page.keyboard.press("Control+Enter");
    await context.setOffline(false);
    await expectObjects(page, 0);
    await expect.poll(() => done(project)).toBe(1);
  });

  test("by a server that answers 500, or nothing", async () => {
    const person = await begin("Failing");
    const { page } = person;
    let broken: "500" | "nothing" | null = "500";
    await page.route("**/draft", route => {
      if (broken === "500") return route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"code":"failed"}' });
      return broken ? route.abort("connectionrefused") : route.continue();
    });
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await page.getByText("The server fails. Saved on this computer, will send").waitFor();
    broken = "nothing";
    await page.getByText("Offline. Saved on this computer, will send").waitFor({ timeout: 30_000 });
    broken = null;
    await expectSaved(page);
    expect((await drafted(person)).objects).toHaveLength(1);
  });

  test("by a submit whose answer is lost", async () => {
    const { page, project } = await begin("Lost");
    let lost = 0;
    await page.route("**/response?*", async route => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      return route.abort("connectionreset");
    });
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await page.keyboard.press("q");
    await page.keyboard.press("Control+Enter");
    await expectObjects(page, 0);
    await page.getByText("1 today").waitFor();
    expect(lost).toBe(2);
    await expect.poll(() => done(project)).toBe(1);
  });

  test("by a session that ended: signing in again keeps the canvas", async () => {
    const person = await begin("Session");
    const { page, context } = person;
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await expectSaved(page);
    const { cookies } = await person.state();
    await context.clearCookies();
    await drag(page, [0.6, 0.3], [0.7, 0.5]);
    await page.getByRole("heading", { name: "Your session has ended" }).waitFor();
    await page.getByText("Signed out. Saved on this computer").waitFor();
    await picture(page, "signed-out");
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await expectSaved(page);
    expect(await objects(page)).toBe(2);
    expect(cookies.length).toBeGreaterThan(0);
    expect((await drafted(person)).objects).toHaveLength(2);
  });

  test("by a second tab: one takes over, and the other can take it back", async () => {
    const { page, context, project } = await begin("Tabs");
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await expectObjects(page, 1);
    const second = await context.newPage();
    await second.goto(`${server.address}/work/${project}`);
    await second.getByText("You work on this project in another tab").waitFor();
    await picture(second, "elsewhere");
    expect(await accessFaults(second)).toEqual([]);
    await button(second, "Work here").click();
    await expectObjects(second, 1);
    await page.getByText("You went on in another tab").waitFor();
    await second.keyboard.press("2");
    await drag(second, [0.6, 0.3], [0.7, 0.5]);
    await expectObjects(second, 2);
    await expectSaved(second);
    await page.bringToFront();
    await button(page, "Take it back").click();
    await expectObjects(page, 2);
    await second.getByText("You went on in another tab").waitFor();
  });

  test("by a draft from another computer: a person chooses", async () => {
    const person = await begin("Computers");
    const { page, project } = person;
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await expectSaved(page);
    const other = await openPage();
    await other.context.addCookies((await person.state()).cookies);
    await openWork(other.page, server.address, project);
    await expectObjects(other.page, 1);
    await closeInstructions(other.page);
    await other.page.keyboard.press("2");
    await drag(other.page, [0.6, 0.3], [0.7, 0.5]);
    await drag(other.page, [0.6, 0.6], [0.7, 0.8]);
    await expectSaved(other.page);
    await drag(page, [0.1, 0.3], [0.2, 0.5]);
    await page.getByText("You worked on this task in another place too").waitFor();
    await picture(page, "conflict");
    expect(await accessFaults(page)).toEqual([]);
    expect((await drafted(person)).objects).toHaveLength(3);
    await button(page, "Go on with the other").click();
    await expectObjects(page, 3);
    await other.context.close();
  });

  test("by a lease that runs out while offline: the work is kept and can be submitted while nobody else has the task", async () => {
    const person = await begin("Late", pictures(2), `${STREETS}lease_minutes: 1\n`);
    const { page, context, project } = person;
    const { held } = (await (await person.api.get("/api/v1/me/work")).json()) as { held: string[] };
    await context.setOffline(true);
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await page.keyboard.press("q");
    const isOver = async () =>
      ((await (await person.api.get(`/api/v1/leases/${held[0]}`)).json()) as { state: string }).state === "expired";
    await expect.poll(isOver, { timeout: 100_000, interval: 2_000 }).toBe(true);
    await context.setOffline(false);
    await page.getByText("The time for this task has run out").waitFor({ timeout: 60_000 });
    await picture(page, "overdue");
    expect(await accessFaults(page)).toEqual([]);
    await expectObjects(page, 1);
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => done(project)).toBe(1);
  }, 240_000);

  test("by a task that ended otherwise: the work can be kept as a file", async () => {
    const person = await begin("Ended");
    const { page } = person;
    await page.keyboard.press("2");
    await drag(page, [0.3, 0.3], [0.5, 0.5]);
    await expectSaved(page);
    const { held } = (await (await person.api.get("/api/v1/me/work")).json()) as { held: string[] };
    await good(person.api.post(`/api/v1/leases/${held[0]}/return`));
    await drag(page, [0.6, 0.3], [0.7, 0.5]);
    await page.getByText("This task was given back already").waitFor();
    await picture(page, "ended");
    const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Download my work").click()]);
    expect(file.suggestedFilename()).toMatch(/^touchstone-work-.*\.json$/);
    await button(page, "Leave it, next task").click();
    await expectObjects(page, 0);
  });
});

describe("pictures", () => {
  /** A JPEG whose stored pixels are such that, shown upright by this orientation, its top left quarter is red. */
  async function oriented(page: Page, orientation: number): Promise<Buffer> {
    const turned = orientation >= 5;
    const encoded = await page.evaluate(
      async ({ orientation, width, height }) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
        context.fillStyle = "#ffffff";
        context.fillRect(0, 0, width, height);
        context.fillStyle = "#ff0000";
        // Where the shown top left corner lies in the stored picture.
        const x = [2, 3, 7, 8].includes(orientation) ? width / 2 : 0;
        const y = [3, 4, 6, 7].includes(orientation) ? height / 2 : 0;
        context.fillRect(x, y, width / 2, height / 2);
        const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 })).arrayBuffer());
        return Array.from(bytes);
      },
      { orientation, width: turned ? 200 : 320, height: turned ? 320 : 200 },
    );
    return withOrientation(Buffer.from(encoded), orientation);
  }

  test("of every EXIF orientation are labelled where one sees them", async () => {
    const maker = await openPage();
    await maker.page.goto(server.address);
    const files: Buffer[] = [];
    for (let orientation = 1; orientation <= 8; orientation++) files.push(await oriented(maker.page, orientation));
    await maker.context.close();
    const person = await begin("Turned", files);
    const { page } = person;
    for (let shown = 1; shown <= 8; shown++) {
      await page.keyboard.press("2");
      const red = await redPlace(page);
      const box = await page.locator("[data-canvas]").boundingBox();
      if (!box) throw new Error("There is no canvas.");
      const share = (x: number, y: number) => [x / box.width, y / box.height] as const;
      await drag(page, share(red.left, red.top), share(red.right, red.bottom));
      await expectObjects(page, 1);
      await expectSaved(page);
      const drawn = (await drafted(person)).objects[0]?.box;
      // A quarter of 320 x 200 upright pixels; JPEG and the pointer are a pixel or two off.
      for (const [found, wanted] of [
        [drawn?.x, 0],
        [drawn?.y, 0],
        [drawn?.width, 160],
        [drawn?.height, 100],
      ] as const)
        expect(Math.abs((found ?? -99) - wanted), `picture ${shown}`).toBeLessThan(4);
      await page.keyboard.press("q");
      await page.keyboard.press("Control+Enter");
      if (shown < 8) await expectObjects(page, 0);
    }
    await page.getByText(/Everything is taken or done|You have done all/).waitFor();
  });

  test("of 20,000 pixels are shown and labelled to the pixel", async () => {
    const person = await begin("Panorama", [png(3, 20_000, 1_200)]);
    const { page } = person;
    await page.keyboard.press("2");
    await drag(page, [0.2, 0.495], [0.8, 0.505]);
    await expectObjects(page, 1);
    await expectSaved(page);
    await picture(page, "panorama");
    const box = (await drafted(person)).objects[0]?.box as Box;
    expect(box.width).toBeGreaterThan(10_000);
    expect(box.x + box.width).toBeLessThanOrEqual(20_000);
  });

  test("that do not decode say so, and are skipped with a reason", async () => {
    const { page, project } = await begin("Broken", pictures(2), STREETS, { noise: true });
    await page.getByText("This picture cannot be shown").waitFor();
    await picture(page, "broken");
    expect(await accessFaults(page)).toEqual([]);
    await button(page, "Try again").click();
    await page.getByText("This picture cannot be shown").waitFor();
    await page.locator("[data-canvas] ~ div").getByRole("button", { name: "Skip" }).click();
    expect(await page.getByLabel("In your own words").inputValue()).toBe("The picture cannot be shown.");
    await button(page, "Skip it").click();
    await page.getByText("This picture cannot be shown").waitFor({ state: "hidden" });
    await expectObjects(page, 0);
    expect(await done(project)).toBe(0);
  });
});

describe("the page", () => {
  test("loads at most 300 kB of script and style, compressed", async () => {
    const person = await shop.join("Counts");
    const project = await shop.project(STREETS.replace("name: Crossings", "name: Counts"), pictures(1));
    const sizes: Promise<number>[] = [];
    person.page.on("response", response => {
      if (/\.(?:js|css)$/.test(new URL(response.url()).pathname))
        sizes.push(
          response
            .request()
            .sizes()
            .then(size => size.responseBodySize),
        );
    });
    await openWork(person.page, server.address, project);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(sizes.length).toBeGreaterThan(3);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThanOrEqual(300_000);
    await person.context.close();
  });

  test("on a phone shows picture, objects and answers, and says that drawing needs more room", async () => {
    const project = await shop.project(STREETS.replace("name: Crossings", "name: Phone"), pictures(1));
    const person = await shop.join("Phone", "contributor", { width: 390, height: 844 }, "dark");
    const { page } = person;
    await openWork(page, server.address, project);
    await page.getByText("Drawing needs a larger screen.").waitFor();
    await closeInstructions(page);
    await picture(page, "phone");
    await page
      .getByRole("group", { name: /^Weather/ })
      .getByRole("button", { name: /^Clear/ })
      .click();
    await clickAt(page, [0.5, 0.5]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await accessFaults(page)).toEqual([]);
    await page.getByRole("button", { name: /^Submit/ }).click();
    await page.getByText(/Everything is taken or done|You have done all/).waitFor();
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });

  test("complained of nothing on all these ways", () => {
    expect(open.flatMap(person => person.complaints)).toEqual([]);
  });
});

/** Puts an EXIF segment that tells the orientation behind the head of a JPEG. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** Where red is seen on the canvas, in CSS pixels from its top left. */
async function redPlace(page: Page): Promise<{ left: number; top: number; right: number; bottom: number }> {
  const find = () =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("[data-canvas] canvas");
      if (!canvas) return null;
      const { width, height } = canvas;
      const { data } = (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(0, 0, width, height);
      const found = { left: width, top: height, right: -1, bottom: -1 };
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const at = (y * width + x) * 4;
          if ((data[at] ?? 0) < 200 || (data[at + 1] ?? 0) > 60 || (data[at + 2] ?? 0) > 60) continue;
          found.left = Math.min(found.left, x);
          found.right = Math.max(found.right, x + 1);
          found.top = Math.min(found.top, y);
          found.bottom = Math.max(found.bottom, y + 1);
        }
      return found.right < 0 ? null : found;
    });
  await expect.poll(async () => (await find()) !== null).toBe(true);
  return (await find()) as NonNullable<Awaited<ReturnType<typeof find>>>;
}
