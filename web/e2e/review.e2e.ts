import type { APIRequestContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessFaults, closeBrowser, overflow, png, type RunningServer, startServer } from "./harness";
import { good, openShop, type Person, type Shop } from "./shop";

/** Cases that three people see differently, decided by mouse and by keys. */
const YAML = `
name: Disputed crossings
ontology:
  questions:
    - id: objects
      title: Objects
      kind: shapes
      required: true
      classes:
        - id: car
          title: Car
          colour: "#0072b2"
          hotkey: "1"
          geometries: [box]
          attributes: [{id: parked, title: Parked, kind: boolean}]
        - {id: person, title: Person, colour: "#d55e00", hotkey: "2", geometries: [box]}
    - {id: weather, title: Weather, kind: choice, required: true, options: [{id: clear, title: Clear}, {id: rain, title: Rain}]}
overlap: {min: 2, max: 2, confidence: 0.9}
`;

interface Box {
  readonly id: string;
  readonly class: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const box = (id: string, kind: string, x: number, y: number, more: object = {}): Box => ({
  id,
  class: kind,
  box: { x, y, width: 120, height: 80 },
  ...more,
});

/** Ann and Ben agree on a car; of a second Ben says that it is a person; a third Ann alone sees; and the weather differs. */
const ANN = {
  objects: [box("a1", "car", 40, 60, { attributes: { parked: true } }), box("a2", "car", 300, 200), box("a3", "person", 480, 40)],
  weather: "clear",
};
const BEN = { objects: [box("b1", "car", 44, 62, { attributes: { parked: true } }), box("b2", "person", 302, 202)], weather: "rain" };

let server: RunningServer;
let shop: Shop;
let project = "";
let ann: Person;
let ben: Person;
let rita: Person;

async function answer(api: APIRequestContext, answers: unknown): Promise<void> {
  for (;;) {
    const next = (await good(api.post(`/api/v1/projects/${project}/work/next`))) as { lease: { token: string } | null };
    if (!next.lease) return;
    await good(api.put(`/api/v1/leases/${next.lease.token}/response`, { data: { answers, active_milliseconds: 3000 } }));
  }
}

interface OpenCase {
  readonly task: string;
  readonly external_id: string;
  readonly standing: string;
  readonly reason: string;
}

const openCases = async (api: APIRequestContext): Promise<readonly OpenCase[]> =>
  ((await good(api.get(`/api/v1/projects/${project}/reviews/open`))) as { items: readonly OpenCase[] }).items;

const decisions = async () =>
  ((await good(shop.api.get(`/api/v1/projects/${project}/reviews`))) as { items: { task: string; decision: string }[] }).items;

const consensusOf = async (task: string) =>
  (await good(shop.api.get(`/api/v1/tasks/${task}/consensus`))) as { state: string; consensus: { answers: typeof ANN } | null };

beforeAll(async () => {
  server = await startServer("serve");
  shop = await openShop(server);
  project = await shop.project(
    YAML,
    Array.from({ length: 8 }, (_, i) => png(i + 1, 640, 400)),
  );
  ann = await shop.join("Ann Anders");
  ben = await shop.join("Ben Boyle");
  rita = await shop.join("Rita Review", "reviewer");
  await answer(ann.api, ANN);
  await answer(ben.api, BEN);
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
});

const caseName = (page: Page) => page.locator("header").getByText(/^picture-\d+$/);

const open = async (page: Page, query = "") => {
  await page.goto(`${server.address}/projects/${project}/review${query}`);
  await page.getByRole("heading", { name: "Differences" }).waitFor();
  await page.getByText("Loading the picture").waitFor({ state: "hidden" });
};

/** The next case stands on the page. */
const nextCase = async (page: Page, before: string) => {
  await expect.poll(() => caseName(page).textContent(), { timeout: 15_000 }).not.toBe(before);
  await page.getByText("Loading the picture").waitFor({ state: "hidden" });
};

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

const differences = (page: Page) => page.getByRole("region", { name: "Differences" });

test("a case shows why it is here, everybody's layer with a letter and no name, and what differs, the least sure first", async () => {
  const { page } = rita;
  const heard: string[] = [];
  page.on("response", async response => {
    if (response.url().includes("/api/v1/") && response.headers()["content-type"]?.includes("json"))
      heard.push(await response.text().catch(() => ""));
  });
  await expect.poll(async () => (await openCases(shop.api)).length, { timeout: 30_000 }).toBe(8);
  await open(page);
  expect(await caseName(page).textContent()).toBe("picture-000");
  await page.getByText(/^Low confidence/).waitFor();
  await page.getByText("Response A").waitFor();
  await page.getByText("Response B").waitFor();
  expect(await differences(page).getByRole("listitem").count()).toBeGreaterThanOrEqual(3);
  expect(await accessFaults(page)).toEqual([]);

  // A reviewer may not know names: neither the page nor an answer of the server has one.
  expect(await page.locator("body").innerText()).not.toMatch(/Ann|Ben|Anders|Boyle/);
  await press(page, "q");
  await page.getByRole("dialog").getByText("Yours").first().waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await press(page, "Escape");
  const said = heard.filter(text => !text.includes("Rita Review")).join("\n");
  expect(said).toContain("picture-000");
  expect(said).not.toMatch(/Ann Anders|Ben Boyle/);
  const { contributors } = { contributors: [ann, ben] };
  for (const person of contributors) {
    const me = (await good(person.api.get("/api/v1/me"))) as { contributor_id: string };
    expect(said).not.toContain(me.contributor_id);
  }
});

test("differences are stepped through by key, each brings the picture there and takes anybody's word; a decision is saved", async () => {
  const { page } = rita;
  const list = differences(page);
  await press(page, "n");
  await expect.poll(() => list.locator('[aria-expanded="true"]').count()).toBe(1);
  const zoomed = page.getByTitle("Zoom", { exact: true });
  const before = await zoomed.textContent();
  const first = await list.locator('[aria-expanded="true"]').textContent();
  await press(page, "n");
  expect(await list.locator('[aria-expanded="true"]').textContent()).not.toBe(first);
  await press(page, "p");
  expect(await list.locator('[aria-expanded="true"]').textContent()).toBe(first);
  await press(page, "Home");
  await expect.poll(() => zoomed.textContent()).not.toBe(before);

  // The class of the second object and the weather as Ben has them.
  const at = async (text: RegExp) => {
    for (let i = 0; i < 12 && !text.test((await list.locator('[aria-expanded="true"]').textContent()) ?? ""); i++) await press(page, "n");
  };
  await page.getByText("As the consensus has it").waitFor();
  const benIs =
    (await list
      .getByRole("button", { name: /^Take “/ })
      .first()
      .isVisible()) && (await benLetter(page)) === "A"
      ? "1"
      : "2";
  await at(/What is it/);
  await press(page, "0");
  const undecided = await page.getByText("As the consensus has it").isVisible();
  expect(undecided).toBe(true);
  const other = list.locator('[aria-pressed="false"]').first();
  await other.click();
  await page.getByText("1 change of the consensus").waitFor();
  await press(page, "Control+z");
  await page.getByText("As the consensus has it").waitFor();
  await press(page, "Control+Shift+z");
  await page.getByText("1 change of the consensus").waitFor();
  await at(/Weather/);
  await press(page, benIs);
  await expect.poll(() => list.locator('[aria-pressed="true"]').textContent()).toContain("Rain");
  await press(page, "Control+Enter");
  await nextCase(page, "picture-000");
  const [decided] = await decisions();
  expect(decided?.decision).toBe("edit");
});

/** Which letter the one has who says rain. */
async function benLetter(page: Page): Promise<string> {
  const list = differences(page);
  for (let i = 0; i < 12 && !/Weather/.test((await list.locator('[aria-expanded="true"]').textContent()) ?? ""); i++)
    await page.keyboard.press("n");
  const rain = await list.getByRole("button", { name: /Rain/ }).getAttribute("aria-label");
  return /of (?:Consensus, )?(\w)/.exec(rain ?? "")?.[1] ?? "";
}

test("layers are switched off and seen alone by key and by mouse", async () => {
  const { page } = rita;
  const layer = (name: string) => page.getByRole("region", { name: "Layers" }).getByRole("listitem").filter({ hasText: name });
  const seen = (name: string) => layer(name).getAttribute("data-seen");
  expect(await seen("Consensus")).toBe("false");
  await press(page, "Shift+1");
  expect([await seen("Your decision"), await seen("Response A"), await seen("Response B")]).toEqual(["false", "true", "false"]);
  await press(page, "Shift+1");
  expect([await seen("Your decision"), await seen("Response A"), await seen("Response B")]).toEqual(["true", "true", "true"]);
  await press(page, "Alt+2", "d");
  expect([await seen("Your decision"), await seen("Response A"), await seen("Response B")]).toEqual(["false", "true", "false"]);
  await press(page, "a");
  expect([await seen("Your decision"), await seen("Consensus"), await seen("Response B")]).toEqual(["true", "true", "true"]);
  await page.getByRole("button", { name: "Hide Response A" }).click();
  expect(await seen("Response A")).toBe("false");
  await page.getByRole("button", { name: "Show only Response B" }).click();
  expect([await seen("Your decision"), await seen("Response B")]).toEqual(["false", "true"]);
  await press(page, "a");
});

test("what is edited survives a reload and comes to the server; it is undone and accepted as it was", async () => {
  const { page } = rita;
  const name = (await caseName(page).textContent()) ?? "";
  await press(page, "F2");
  await page.getByRole("heading", { name: "Classes" }).waitFor();
  // The full tools: a box by keys alone.
  await press(page, "b", "ArrowRight", "Enter", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Enter");
  await page.getByRole("heading", { name: /^Objects/ }).waitFor();
  await page.getByText("1 change of the consensus").waitFor();
  await expect.poll(() => page.locator("output[data-state]").getAttribute("data-state"), { timeout: 15_000 }).toBe("saved");
  expect(await accessFaults(page)).toEqual([]);
  await page.reload();
  await page.getByText("1 change of the consensus").waitFor();
  expect(await caseName(page).textContent()).toBe(name);
  await page.getByText("Your changes from before are here again.").waitFor();
  await press(page, "Control+z");
  await page.getByText("As the consensus has it").waitFor();
  await page.getByRole("button", { name: /^Accept/ }).click();
  await nextCase(page, name);
  expect((await decisions())[0]?.decision).toBe("accept");
});

test("work goes back with comments pinned to a shape by keys and to a place by mouse, and its contributor sees both", async () => {
  const { page } = rita;
  const name = (await caseName(page).textContent()) ?? "";
  const list = differences(page);
  for (
    let i = 0;
    i < 12 &&
    !/What is it/.test(
      (await list
        .locator('[aria-expanded="true"]')
        .textContent()
        .catch(() => "")) ?? "",
    );
    i++
  )
    await press(page, "n");
  await press(page, "s");
  const form = page.getByRole("region", { name: "Send back" });
  await form.getByRole("textbox", { name: "What should be looked at" }).waitFor();
  const about = form.getByRole("combobox", { name: "About" });
  // Whoever differs from the consensus, at their shape.
  expect(await about.inputValue()).toMatch(/^(Car|Person) \d$/);
  await page.keyboard.type("Look at the wheels.");
  await form.getByRole("button", { name: "Another comment" }).click();
  await form.getByRole("button", { name: "Pin it in the picture" }).nth(1).click();
  const picker = page.getByRole("button", { name: /^Click a shape or a place/ });
  const area = await picker.boundingBox();
  if (!area) throw new Error("Nothing to click upon.");
  await press(page, "Tab");
  await picker.click({ position: { x: area.width / 2, y: area.height - 4 } });
  await expect.poll(() => form.getByRole("combobox", { name: "About" }).nth(1).inputValue()).toMatch(/^(Place|Car|Person)/);
  await form.getByRole("textbox", { name: "What should be looked at" }).nth(1).fill("Is somebody here?");
  expect(await accessFaults(page)).toEqual([]);
  await press(page, "Control+Enter");
  await nextCase(page, name);
  expect((await decisions())[0]?.decision).toBe("send_back");

  // It comes first to whoever gave it.
  const whose = await Promise.all(
    [ann, ben].map(async person => {
      const next = (await good(person.api.post(`/api/v1/projects/${project}/work/next`))) as {
        lease: { correction: { comments: { text: string }[] } | null } | null;
      };
      return next.lease?.correction ? person : null;
    }),
  );
  const [author] = whose.filter(person => person !== null);
  if (!author) throw new Error("Nobody got the work again.");
  await author.page.goto(`${server.address}/work/${project}`);
  const comments = author.page.getByRole("region", { name: "Comments" });
  await comments.getByText("Look at the wheels.").waitFor();
  await comments.getByText("Is somebody here?").waitFor();
  await author.page.getByText("Loading the picture").waitFor({ state: "hidden" });
  expect(await author.page.getByRole("button", { name: "Look at the wheels." }).count()).toBeGreaterThanOrEqual(2);
  expect(await author.page.getByRole("button", { name: "Is somebody here?" }).count()).toBeGreaterThanOrEqual(2);
  expect(await author.page.locator("body").innerText()).not.toContain("Rita");
  expect(await accessFaults(author.page)).toEqual([]);
  await author.page.getByRole("button", { name: /^Submit/ }).click();
  await author.page.getByText(/Everything is taken or done|You have done all/).waitFor();
  await author.page.goto("about:blank");

  // Whoever sent it back finds it in the queue, and takes it there.
  await expect
    .poll(async () => (await openCases(rita.api)).find(row => row.external_id === name)?.reason, { timeout: 30_000 })
    .toBe("sent_back");
  await press(page, "q");
  await page.getByRole("button", { name: `Review ${name}` }).click();
  await expect.poll(() => caseName(page).textContent()).toBe(name);
  await page.getByText("corrected").waitFor();
  await page.getByText("Look at the wheels.").waitFor();
  await press(page, "Control+Enter");
  await nextCase(page, name);
});

test("a manager knows names; a case that somebody has is said to be taken; a decided one to be decided", async () => {
  const mine = (await openCases(rita.api)).find(row => row.standing === "yours");
  const done = (await decisions()).find(row => row.decision === "accept");
  const mona = await shop.join("Mona Manager", "manager", { width: 1440, height: 900 }, "dark");
  const { page } = mona;
  await page.goto(`${server.address}/projects/${project}/review?case=${mine?.task}`);
  await page.getByText("Somebody else reviews this case").waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await page.goto(`${server.address}/projects/${project}/review?case=${done?.task}`);
  await page.getByText("This case is decided").waitFor();
  await page.getByRole("button", { name: "Take the next case" }).click();
  await page.getByText(/A · (Ann Anders|Ben Boyle)/).waitFor();
  expect(await accessFaults(page)).toEqual([]);

  // Taken out, with a reason.
  const name = (await caseName(page).textContent()) ?? "";
  await page.getByRole("button", { name: "Take out" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("Not a street.");
  await page.getByRole("button", { name: "Take it out" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await expect.poll(async () => (await decisions())[0]?.decision, { timeout: 15_000 }).toBe("withdraw");
  await expect.poll(() => page.locator("header").innerText()).not.toContain(name);
  expect(mona.complaints).toEqual([]);
  await page.getByRole("link", { name: "Back to the project" }).click();
  await page.getByText("What needs me?").waitFor();
  await mona.context.close();
});

test("a server that fails, a session that ended and no network lose nothing", async () => {
  const { page, context } = rita;
  const name = (await caseName(page).textContent()) ?? "";
  await page.route("**/api/v1/reviews/*", route =>
    route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"code":"unexpected"}' }),
  );
  await press(page, "Control+Enter");
  await page.getByText("The decision is sent as soon as it does.").waitFor();
  expect(await caseName(page).textContent()).toBe(name);
  await page.getByRole("button", { name: "Go on editing" }).click();
  await page.unroute("**/api/v1/reviews/*");
  await context.setOffline(true);
  await press(page, "n", "1");
  await press(page, "Control+Enter");
  await page.getByText("The decision is sent as soon as it does.").waitFor();
  await context.setOffline(false);
  await nextCase(page, name);

  // Signing in again keeps the case.
  const second = (await caseName(page).textContent()) ?? "";
  const cookies = await context.cookies();
  await context.clearCookies();
  await press(page, "Control+Enter");
  await page.getByRole("heading", { name: "Your session has ended" }).waitFor();
  await context.addCookies(cookies);
  await page.getByRole("dialog").getByLabel("Password", { exact: true }).fill("a long enough secret");
  await page.getByRole("dialog").getByRole("button", { name: "Sign in", exact: true }).click();
  await nextCase(page, second).catch(async () => page.getByText("Nothing to review").waitFor());
  expect(rita.complaints).toEqual([]);
});

/** Two fingers go apart over the middle of the picture; what the zoom was before and after, in percent. */
async function spread(page: Page): Promise<readonly [number, number]> {
  const zoom = async () => Number.parseFloat((await page.getByTitle("Zoom", { exact: true }).textContent()) ?? "");
  const before = await zoom();
  const stage = await page.locator("[data-canvas]").boundingBox();
  if (!stage) throw new Error("There is no canvas.");
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...offsets: readonly number[]) =>
    devtools.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: offsets.map((offset, id) => ({ id, x: stage.x + stage.width / 2 + offset, y: stage.y + stage.height / 2 })),
    });
  await touch("touchStart", -40);
  await touch("touchStart", -40, 40);
  for (const offset of [50, 60, 70, 80]) await touch("touchMove", -offset, offset);
  await touch("touchEnd");
  await expect.poll(zoom).not.toBe(before);
  return [before, await zoom()];
}

test("on a phone one reads, accepts and sends back; nothing is wider than the window", async () => {
  const phil = await shop.join("Phil Phone", "reviewer", { width: 390, height: 844 });
  await rita.page.goto("about:blank");
  const { page } = phil;
  await page.goto(`${server.address}/projects/${project}/review`);
  const one = page.getByRole("heading", { name: "Differences" });
  await one.waitFor();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await accessFaults(page)).toEqual([]);
  expect(await page.getByRole("tab", { name: "Edit" }).isVisible()).toBe(false);
  await page.getByText("Loading the picture").waitFor({ state: "hidden" });
  const [far, near] = await spread(page);
  expect(near / far).toBeCloseTo(2, 1);
  await page.getByRole("button", { name: "Next difference" }).click();
  await page.getByRole("button", { name: /^Send back/ }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  const name = (await caseName(page).textContent()) ?? "";
  await page.getByRole("button", { name: /^Accept/ }).click();
  await expect.poll(async () => (await decisions())[0]?.decision, { timeout: 15_000 }).toBe("accept");
  const task = (await decisions())[0]?.task ?? "";
  expect((await consensusOf(task)).state).toBe("done");
  await expect.poll(() => page.locator("body").innerText()).not.toContain(name);
  expect(phil.complaints).toEqual([]);
  await phil.context.close();
});
