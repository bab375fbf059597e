// Makes the pictures of the documentation anew, from the program as it was built and with the pages beside it: npm run pictures
// Everything in them is the demo's: its drawn scenes, and the labels of its simulated contributors stand for the people's of the tutorial.
//   npm run pictures -- label review     only pictures whose names hold one of these words
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const program = process.env.TOUCHSTONE_PROGRAM ?? join(import.meta.dirname, "../../src/Touchstone/bin/Release/net10.0/touchstone");
const chromiumPath = process.env.TOUCHSTONE_CHROMIUM ?? "/usr/bin/chromium";
const images = process.env.TOUCHSTONE_DEMO_IMAGES ?? "40";
const target = join(import.meta.dirname, "../../docs/pictures");
const wanted = process.argv.slice(2);

const say = line => process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), "touchstone-pictures-"));
const children = [];
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

/** A server; ends with this program. */
async function start(name, ...args) {
  const child = spawn(program, [...args, "--data", join(folder, name), "--urls", "http://127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const link = await new Promise((resolve, reject) => {
    let said = "";
    const listen = chunk => {
      said += chunk;
      const found = /https?:\/\/\S+#link=\S+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("exit", code => reject(new Error(`touchstone ${args[0]} ended with ${code}:\n${said}`)));
  });
  return { address: new URL(link).origin, token: new URL(link).hash.slice("#link=".length), link };
}

const lead = { email: "ada@example.org", password: "a long enough secret" };

/** Somebody signed in: pages to look at, and the same session for what nobody needs to see. */
async function signIn(server, body, { scheme = "light", width = 1280, height = 800 } = {}) {
  const context = await browser.newContext({
    baseURL: server.address,
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
    deviceScaleFactor: 2,
  });
  if (body) await good(context.request.post("/api/v1/session/link", { data: body }));
  const get = async path => good(context.request.get(`/api/v1/${path}`));
  const post = async (path, data) => good(context.request.post(`/api/v1/${path}`, { data }));
  const put = async (path, data) => good(context.request.put(`/api/v1/${path}`, { data }));
  return { context, page: await context.newPage(), get, post, put };
}

async function good(asked) {
  const answer = await asked;
  if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}

/** Somebody whom the owner invites. */
async function join_(server, owner, name, role, look) {
  const { token } = await owner.post("invitations", { display_name: name, role });
  return signIn(server, { token, display_name: name, email: `${name.toLowerCase()}@example.org`, password: "another long secret" }, look);
}

/** What a page shows, as WebP: letters stay sharp at a tenth of the size of a PNG. Two pixels for each, so that it is sharp on fine screens too. */
async function keep(page, name, { most = 150_000, quality = 0.86 } = {}) {
  if (wanted.length > 0 && !wanted.some(word => name.includes(word))) return;
  const png = await page.screenshot();
  const painter = await browser.newPage();
  const webp = await painter.evaluate(
    async ([data, share]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      canvas.getContext("2d").drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", share).split(",")[1];
    },
    [png.toString("base64"), quality],
  );
  await painter.close();
  const path = join(target, `${name}.webp`);
  await writeFile(path, Buffer.from(webp, "base64"));
  const { size } = await stat(path);
  say(`${name}.webp ${Math.round(size / 1000)} kB`);
  if (size > most) throw new Error(`${path} has ${size} bytes, more than ${most}: the repository would grow.`);
}

/** Waits until nothing on the page changes any more. */
async function rest(page) {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => [...document.images].every(image => image.complete));
}

/** The demo's scenes with what its consensus says of them, those with most to see first. */
async function scenesOf(demo, project) {
  const scenes = [];
  const { items } = await demo.get(`projects/${project}/tasks?state=done&purpose=label&limit=60`);
  for (const task of items) {
    const { consensus } = await demo.get(`tasks/${task.id}/consensus`);
    const answer = await demo.context.request.get(`/api/v1/assets/${task.asset_id}/content`);
    const bytes = await answer.body();
    scenes.push({ bytes, type: answer.headers()["content-type"], answers: consensus.answers, agreement: task.agreement ?? 0 });
  }

  return scenes.sort((a, b) => b.agreement - a.agreement || b.answers.objects.length - a.answers.objects.length);
}

const digest = bytes => createHash("sha256").update(bytes).digest("hex");

/** Which scene a lease shows, known by its bytes. */
async function sceneOf(person, lease, scenes) {
  const bytes = await (await person.context.request.get(lease.inputs[0].url)).body();
  return scenes.find(scene => digest(scene.bytes) === digest(bytes));
}

/** Opens the next task with these answers begun, as after a reload. */
async function begin(person, project, answersOf, scenes) {
  const { lease } = await person.post(`projects/${project}/work/next`);
  const answers = answersOf(await sceneOf(person, lease, scenes));
  const body = { answers, hidden: [], locked: [], active_milliseconds: 61_000, writer: "", sequence: 0 };
  await person.put(`leases/${lease.token}/draft`, { base_version: 0, body });
  const { page } = person;
  await page.goto(`/work/${project}`);
  const objects = page.getByRole("heading", { name: /^Objects [1-9]/ });
  // A browser that is slow to give its lock takes this tab for a second one.
  const here = page.getByRole("button", { name: "Work here" });
  await objects.or(here).first().waitFor();
  if (await here.isVisible()) await here.click();
  await objects.waitFor();
  await page.getByText("Loading the picture").waitFor({ state: "hidden" });
  for (const name of ["Close", "Close the notice"]) {
    const button = page.getByRole("button", { name, exact: true });
    while (await button.first().isVisible()) await button.first().click();
  }

  await rest(page);
  return lease;
}

/** Answers whatever one is given. */
async function answerAll(person, project, answersOf, scenes) {
  for (const token of (await person.get("me/work")).held) {
    const lease = await person.get(`leases/${token}`);
    await person.put(`leases/${token}/response`, { answers: answersOf(await sceneOf(person, lease, scenes)), active_milliseconds: 58_000 });
  }

  for (;;) {
    const { lease } = await person.post(`projects/${project}/work/next`);
    if (!lease) return;
    const answers = answersOf(await sceneOf(person, lease, scenes));
    await person.put(`leases/${lease.token}/response`, { answers, active_milliseconds: 58_000 });
  }
}

async function until(what, isSo) {
  for (let tries = 0; tries < 400; tries++) {
    if (await isSo()) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }

  throw new Error(`Waited in vain: ${what}.`);
}

/** Vehicles alone, as the pack asks for them. */
const VEHICLES = new Set(["car", "truck", "bus"]);
const vehicles = scene => ({
  objects: scene.answers.objects
    .filter(shape => VEHICLES.has(shape.class))
    .map(({ id, class: of, box }) => ({ id, class: of, box, attributes: { occlusion: "none" } })),
});

/** The README's: the demo's own project, and one of its scenes at the workbench. */
async function forReadme(demo, demoProject, shop, owner, scenes) {
  await demo.page.setViewportSize({ width: 1280, height: 1010 });
  await demo.page.goto(`/projects/${demoProject}`);
  await demo.page
    .getByRole("link", { name: /^\d[\d.]*.%$/ })
    .first()
    .waitFor();
  await rest(demo.page);
  await keep(demo.page, "project");

  const yaml = await (await demo.context.request.get(`/api/v1/projects/${demoProject}/file`)).text();
  const project = await good(
    owner.context.request.post("/api/v1/projects", {
      data: yaml.replace(/^name:.*$/m, "name: Street scenes"),
      headers: { "Content-Type": "application/yaml" },
    }),
  );
  const busy = [...scenes].sort((a, b) => worth(b) - worth(a)).slice(0, 4);
  await importOver(owner, project.id, busy);
  for (const scheme of ["dark", "light"]) {
    const person = await join_(shop, owner, scheme === "dark" ? "Mia" : "Noor", "contributor", { scheme, width: 1440, height: 900 });
    await begin(person, project.id, scene => scene.answers, scenes);
    const { page } = person;
    await page
      .getByRole("region", { name: /^Objects/ })
      .getByRole("button", { name: /^(?:Car|Bus|Truck) \d/ })
      .last()
      .click();
    await page.mouse.move(5, 400);
    await rest(page);
    await page.waitForTimeout(400);
    await keep(page, `workbench-${scheme}`, { most: 250_000 });
    await person.context.close();
  }
}

const worth = scene =>
  new Set(scene.answers.objects.map(shape => shape.class)).size * 3 + scene.answers.objects.length + scene.agreement * 10;

async function importOver(owner, project, scenes) {
  const lines = [];
  for (const [i, scene] of scenes.entries()) {
    const url = `/api/v1/assets?project=${project}&file_name=street-${i}.png`;
    const asset = await good(
      owner.context.request.post(url, { data: scene.bytes, headers: { "Content-Type": "application/octet-stream" } }),
    );
    lines.push(JSON.stringify({ asset: asset.id, external_id: `street-${i}` }));
  }

  const data = `${lines.join("\n")}\n`;
  await good(
    owner.context.request.post(`/api/v1/projects/${project}/tasks`, { data, headers: { "Content-Type": "application/x-ndjson" } }),
  );
}

/** The tutorial's, in its order: what is clicked here is what it tells to click. */
async function forTutorial(shop, owner, scenes) {
  const { page } = owner;
  // Where two agreed nothing is invented: the demo has a careless contributor, whose boxes in the sky would stand in the pictures.
  const photos = scenes.filter(scene => scene.agreement >= 0.85 && vehicles(scene).objects.length >= 2).slice(0, 12);
  if (photos.length < 8) throw new Error(`Only ${photos.length} scenes are good enough: make more by TOUCHSTONE_DEMO_IMAGES.`);
  await page.goto("/projects");
  await page.getByRole("link", { name: "New project" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("My streets");
  await page.getByLabel("Instructions").fill("Draw a box around **every** car, truck and bus, tight around what can be seen.");
  await page.getByLabel("Driving: Vehicles").check();
  await page.getByText("How the work is done").click();
  await page.getByLabel("Responses at first").fill("2");
  await page.getByLabel("Responses at most").fill("2");
  await page.getByText("How the work is done").click();
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByText("Nothing wrong").waitFor();
  await page.getByRole("button", { name: "Car 1", exact: false }).click();
  await rest(page);
  await keep(page, "tutorial-project");
  await page.getByRole("button", { name: "Create the project" }).click();
  await page.getByText("No data yet").waitFor();
  const project = /projects\/([0-9a-f-]+)/.exec(page.url())[1];

  await page.getByRole("link", { name: "Import data" }).first().click();
  await page.getByRole("button", { name: "Choose files" }).waitFor();
  const files = photos.map((scene, i) => ({
    name: `photo-${String(i + 1).padStart(2, "0")}.png`,
    mimeType: "image/png",
    buffer: scene.bytes,
  }));
  await page.getByTestId("files").setInputFiles(files);
  await page.getByRole("heading", { name: "Import finished" }).waitFor();
  await rest(page);
  await keep(page, "tutorial-import");

  await page.getByRole("link", { name: "People" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Ben");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await dialog.getByRole("textbox", { name: "Link" }).waitFor();
  await rest(page);
  await keep(page, "tutorial-invite");
  await page.keyboard.press("Escape");

  const ben = await join_(shop, owner, "Ben", "contributor");
  const chi = await join_(shop, owner, "Chi", "contributor");
  const lease = await begin(ben, project, vehicles, scenes);
  await ben.page
    .getByRole("region", { name: /^Objects/ })
    .getByRole("button", { name: /^(?:Car|Bus|Truck) \d/ })
    .last()
    .click();
  await ben.page.mouse.move(5, 400);
  await ben.page.waitForTimeout(400);
  await keep(ben.page, "tutorial-label");
  await ben.context.request.post(`/api/v1/leases/${lease.token}/return`).catch(() => undefined);
  await ben.page.goto("/work");
  await answerAll(ben, project, vehicles, scenes);

  // Chi looks less closely at three of them.
  const hasty = new Set(photos.slice(0, 3).map(scene => scene.bytes));
  await answerAll(chi, project, scene => (hasty.has(scene.bytes) ? hurried(vehicles(scene)) : vehicles(scene)), scenes);
  await until("both have answered", async () => (await owner.get(`projects/${project}/progress`)).open === 0);
  await page.goto(`/projects/${project}`);
  await page
    .getByRole("link", { name: /^\d[\d.]*.%$/ })
    .first()
    .waitFor();
  await rest(page);
  await keep(page, "tutorial-overview");

  await page.getByRole("link", { name: /for a reviewer/ }).click();
  await page.getByRole("heading", { name: "Differences" }).waitFor();
  await page.getByText("Loading the picture").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Next difference" }).click();
  await page.waitForTimeout(600);
  await keep(page, "tutorial-review");
  const empty = page.getByText("Nothing to review");
  await until("nothing is left to review", async () => {
    const accept = page.getByRole("button", { name: /^Accept/ });
    if (await accept.isEnabled({ timeout: 200 }).catch(() => false)) await accept.click();
    return empty.isVisible();
  });
  await until("all is decided", async () => (await owner.get(`projects/${project}/progress`)).done === photos.length);
  await page.goto(`/projects/${project}`);
  await page.getByRole("button", { name: "Draw an audit" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("6");
  await rest(page);
  await keep(page, "tutorial-audit");
  await page.getByRole("button", { name: /^Draw 6 tasks/ }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  // Nobody judges what they had a part in, and Ada has decided cases.
  const dov = await join_(shop, owner, "Dov", "reviewer");
  await until("the audit is judged", async () => {
    await answerAll(dov, project, vehicles, scenes);
    const [audit] = (await owner.get(`projects/${project}/audits`)).items;
    return audit?.answered === 6;
  });

  await page.getByRole("link", { name: "Releases", exact: true }).click();
  await page.getByRole("button", { name: "Publish a release" }).first().click();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("heading", { name: "What it does not know", level: 2 }).waitFor({ timeout: 60_000 });
  await rest(page);
  await keep(page, "tutorial-release");
}

/** One object is not seen, and one is taken for another. */
const hurried = ({ objects }) => ({
  objects: objects
    .slice(1)
    .map((shape, i) =>
      i === 0 ? { ...shape, class: shape.class === "car" ? "van" : "car", box: { ...shape.box, width: shape.box.width * 0.9 } } : shape,
    ),
});

try {
  await mkdir(target, { recursive: true });
  const server = await start("demo", "demo", "--images", images, "--out", join(folder, "release"));
  const demo = await signIn(server, { token: server.token });
  const demoProject = (await demo.get("projects")).items[0].id;
  const scenes = await scenesOf(demo, demoProject);
  const shop = await start("shop", "serve");
  const owner = await signIn(shop, { token: shop.token, display_name: "Ada", organization: "Streets and Co", ...lead });
  await forReadme(demo, demoProject, shop, owner, scenes);
  await forTutorial(shop, owner, scenes);
} finally {
  await browser.close();
  for (const child of children) {
    child.removeAllListeners("exit");
    if (child.exitCode !== null) continue;
    const ended = new Promise(resolve => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }

  await rm(folder, { recursive: true, force: true });
}
