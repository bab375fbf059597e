// Measures the workbench in headless Chromium without a graphics card against the real program on loopback: npm run bench:work
//   submit  from the key that submits to the next picture on the canvas, painted; and how much of that is waiting for the server's receipt
//   open    from the click on "Label" to the first picture on the canvas, painted; and the same by loading the page's address
// A picture counts as there when the canvas, read back in a frame, holds other pixels than before that are not the ground alone; the time is taken after that
// frame went to be painted. Pictures are real photographs: TOUCHSTONE_TEST_DATA names the folder that holds driving/voc_street.
import { readdir, readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const SUBMITS = Number(process.env.SUBMITS ?? 60);
const OPENS = Number(process.env.OPENS ?? 15);
/** A person looks at a picture for a while; meanwhile the next one is fetched. */
const LOOK = Number(process.env.LOOK ?? 800);

const say = line => process.stdout.write(`${line}\n`);
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const data = process.env.TOUCHSTONE_TEST_DATA;
if (!data) throw new Error("TOUCHSTONE_TEST_DATA must name the folder of the test data.");
const folder = join(data, "driving/voc_street/images");
const photos = await Promise.all((await readdir(folder)).sort().map(name => readFile(join(folder, name))));

const loader = await createServer({
  configFile: false,
  root: fileURLToPath(new URL("..", import.meta.url)),
  server: { middlewareMode: true, hmr: false, watch: null },
  appType: "custom",
  optimizeDeps: { noDiscovery: true },
  logLevel: "error",
});
const harness = await loader.ssrLoadModule("/e2e/harness.ts");
const { openShop, STREETS } = await loader.ssrLoadModule("/e2e/shop.ts");

const server = await harness.startServer("serve");
try {
  const shop = await openShop(server);
  // Each photograph as often as it takes: every task wants one answer.
  const wanted = SUBMITS + OPENS + 20;
  const project = await shop.project(
    STREETS,
    Array.from({ length: wanted }, (_, i) => photos[i % photos.length]),
  );
  const { page } = await shop.join("Bench");
  await page.addInitScript(watch);

  await page.goto(`${server.address}/work`);
  const opens = [];
  for (let run = 0; run < OPENS; run++) {
    await page.getByRole("link", { name: "Label" }).waitFor();
    await page.waitForTimeout(300);
    await page.evaluate(() => window.seen.arm("click"));
    await page.getByRole("link", { name: "Label" }).click();
    opens.push(await page.evaluate(() => window.seen.shown));
    await page.getByRole("button", { name: "Submit" }).waitFor();
    await page.getByRole("link", { name: "My work" }).click();
  }

  const loads = [];
  for (let run = 0; run < OPENS; run++) {
    await page.goto("about:blank");
    await page.goto(`${server.address}/work/${project}`, { waitUntil: "commit" });
    loads.push(await page.evaluate(() => window.seen.first()));
    await page.waitForTimeout(300);
  }

  const close = page.getByRole("button", { name: "Close", exact: true });
  if (await close.isVisible()) await close.click();
  const submits = [];
  const receipts = [];
  for (let i = 0; i < SUBMITS; i++) {
    await page.waitForTimeout(LOOK);
    await page.keyboard.press("q");
    await page.evaluate(() => window.seen.arm("keydown"));
    await page.keyboard.press("Control+Enter");
    submits.push(await page.evaluate(() => window.seen.shown));
    receipts.push(await page.evaluate(() => window.seen.answered("/response")));
  }

  const rows = [
    ["submit to the next picture, 95 %", quantile(submits, 0.95), 100],
    ["submit to the next picture, median", quantile(submits, 0.5), null],
    ["of that until the receipt, median", quantile(receipts, 0.5), null],
    ["opening a task from My work, 95 %", quantile(opens.slice(1), 0.95), 300],
    ["opening a task from My work, median", quantile(opens.slice(1), 0.5), 300],
    ["the first time, with its script", opens[0], null],
    ["loading the page at a task, median", quantile(loads, 0.5), null],
  ];
  say(
    `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores; ${SUBMITS} submits, ${OPENS} openings of photographs of VOC 2007`,
  );
  for (const [what, found, aim] of rows)
    say(
      `${what.padEnd(40)} ${found.toFixed(1).padStart(8)} ms${aim === null ? "" : `   aim ${aim} ms: ${found <= aim ? "reached" : "NOT REACHED"}`}`,
    );
  process.exitCode = rows.every(([, found, aim]) => aim === null || found <= aim) ? 0 : 1;
} finally {
  await harness.closeBrowser();
  await server.stop();
  await loader.close();
}

/** Runs in the page before all else. */
function watch() {
  const small = new OffscreenCanvas(48, 30);
  const context = small.getContext("2d", { willReadFrequently: true });
  const look = () => {
    const canvas = document.querySelector("[data-canvas] canvas");
    if (!canvas || canvas.width === 0) return null;
    context.drawImage(canvas, 0, 0, 48, 30);
    const { data } = context.getImageData(0, 0, 48, 30);
    // The middle, where every picture is; the ground alone is one colour.
    const pixels = new Set();
    let hash = 7;
    for (let y = 8; y < 22; y++)
      for (let x = 18; x < 30; x++) {
        const at = (y * 48 + x) * 4;
        const value = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
        pixels.add(value);
        hash = (Math.imul(hash, 31) + value) | 0;
      }
    return pixels.size > 8 ? hash : null;
  };
  const painted = then => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  };
  const until = (before, since) =>
    new Promise(resolve => {
      const frame = () => {
        const now = look();
        if (now === null || now === before) requestAnimationFrame(frame);
        else painted(time => resolve(time - since()));
      };
      requestAnimationFrame(frame);
    });
  window.seen = {
    /** From the next such event on. */
    arm(event) {
      let from = Number.NaN;
      performance.clearResourceTimings();
      const hear = each => {
        if (each.type === "keydown" && each.key !== "Enter") return;
        from = each.timeStamp;
        removeEventListener(event, hear, { capture: true });
      };
      addEventListener(event, hear, { capture: true });
      this.shown = until(event === "click" ? null : look(), () => from);
      this.answered = part => performance.getEntriesByType("resource").find(each => each.name.includes(part)).responseEnd - from;
    },
    first: () => until(null, () => 0),
  };
}
