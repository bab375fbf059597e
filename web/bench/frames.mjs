// Measures the canvas in headless Chromium without a graphics card: npm run bench:frames
// A frame is measured from an input's handler to the pixels of both canvases read back. Once more without reading back, by Chromium's own
// trace, from the input to the presented picture: that holds the wait for the display's next refresh (16.7 ms at 60 Hz) too.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const RUNS = Number(process.env.RUNS ?? 5);
const STEPS = 90;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
const median = values => quantile(values, 0.5);

const say = line => process.stdout.write(`${line}\n`);

const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL("..", import.meta.url)),
  server: { port: 0, host: "127.0.0.1", hmr: false },
  logLevel: "error",
});
await server.listen();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

async function open(query = "") {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", error => say(error.message));
  await page.goto(`${server.resolvedUrls.local[0]}bench/frames.html?${query}`);
  await page.waitForFunction(() => window.bench?.engine.getState().image.state === "ready" && window.bench.engine.getState().sharp, null, {
    timeout: 60_000,
  });
  await page.waitForTimeout(500);
  const session = await context.newCDPSession(page);
  const mouse = (type, x, y, more = {}) => session.send("Input.dispatchMouseEvent", { type, x: Math.round(x), y: Math.round(y), ...more });
  return { context, page, mouse };
}

const at = i => ({ x: 720 + 260 * Math.sin(i / 14), y: 450 + 180 * Math.sin(i / 9) });

/** What is done again and again, one input after the other. */
const motions = {
  async pan({ mouse }) {
    await mouse("mousePressed", 720, 450, { button: "middle", buttons: 4, clickCount: 1 });
    for (let i = 0; i < STEPS; i++) await mouse("mouseMoved", at(i).x, at(i).y, { button: "middle", buttons: 4 });
    await mouse("mouseReleased", at(STEPS).x, at(STEPS).y, { button: "middle", clickCount: 1 });
  },
  async zoom({ mouse }) {
    for (let i = 0; i < STEPS; i++) await mouse("mouseWheel", 720, 450, { deltaX: 0, deltaY: i % 60 < 30 ? -40 : 40 });
  },
  async drag({ mouse }) {
    await mouse("mousePressed", 720, 450, { button: "left", buttons: 1, clickCount: 1 });
    for (let i = 1; i < STEPS; i++) await mouse("mouseMoved", at(i).x, at(i).y, { button: "left", buttons: 1 });
    await mouse("mouseReleased", at(STEPS).x, at(STEPS).y, { button: "left", clickCount: 1 });
  },
};

const rows = [];
const report = (what, found, aim, unit = "ms") =>
  rows.push({
    what,
    found: `${found.toFixed(unit === "ms" ? 1 : 0)} ${unit}`,
    aim: `<= ${aim} ${unit}`,
    reached: found <= aim ? "yes" : "NO",
  });

async function measureMotion(name) {
  const medians = [];
  const tails = [];
  let blank = 0;
  for (let run = 0; run < RUNS; run++) {
    const tab = await open();
    await tab.page.evaluate(zoom => zoom && window.bench.engine.zoomBy(3), name !== "zoom");
    await tab.page.waitForTimeout(800);
    await tab.page.evaluate(() => window.bench.frames.reset(true));
    await motions[name](tab);
    const { durations, blank: found } = await tab.page.evaluate(() => window.bench.frames.take());
    medians.push(median(durations));
    tails.push(quantile(durations, 0.95));
    // Zoomed out to the whole picture, what lies beside it is rightly seen.
    if (name !== "zoom") blank += found;
    await tab.context.close();
  }
  report(`${name}: frame, median`, median(medians), 17);
  report(`${name}: frame, 95 %`, median(tails), 33);
  if (name !== "zoom") report(`${name}: frames with a blank edge`, blank, 0, "");
}

async function measureRest() {
  const found = { pan: [], zoom: [] };
  const tasks = [];
  for (let run = 0; run < RUNS; run++) {
    const tab = await open();
    for (const name of ["pan", "zoom"]) {
      await tab.page.evaluate(() => window.bench.rest.reset());
      if (name === "pan") {
        // Far enough that what was drawn before does not do.
        await tab.page.evaluate(() => window.bench.engine.zoomBy(3));
        await tab.page.waitForTimeout(800);
        await motions.pan(tab);
        await tab.mouse("mousePressed", 100, 100, { button: "middle", buttons: 4, clickCount: 1 });
        for (let i = 1; i < 20; i++) await tab.mouse("mouseMoved", 100 + 40 * i, 100 + 30 * i, { button: "middle", buttons: 4 });
        await tab.mouse("mouseReleased", 860, 670, { button: "middle", clickCount: 1 });
      } else await motions.zoom(tab);
      await tab.page.waitForFunction(() => window.bench.rest.isSharp);
      found[name].push(await tab.page.evaluate(() => window.bench.rest.sharpAfter));
      tasks.push(await tab.page.evaluate(() => window.bench.rest.longestTask));
    }
    await tab.context.close();
  }
  report("sharp after the last pan", median(found.pan), 300);
  report("sharp after the last zoom", median(found.zoom), 300);
  report("page's thread busy meanwhile, at most", median(tasks), 50);
}

async function measureHighlight() {
  const medians = [];
  for (let run = 0; run < RUNS; run++) {
    const tab = await open();
    await tab.page.evaluate(() => window.bench.frames.reset(true));
    for (let i = 0; i < 20; i++) {
      const [x, y] = [200 + 50 * i, 200 + ((i * 137) % 500)];
      await tab.page.evaluate(() => window.bench.frames.reset(true));
      await tab.mouse("mousePressed", x, y, { button: "left", buttons: 1, clickCount: 1 });
      await tab.page.waitForFunction(() => window.bench.frames.take().durations.length > 0);
      medians.push(await tab.page.evaluate(() => window.bench.frames.take().durations[0]));
      await tab.mouse("mouseReleased", x, y, { button: "left", clickCount: 1 });
    }
    await tab.context.close();
  }
  report("pointer down to highlight, 95 %", quantile(medians, 0.95), 50);
}

async function measureHits() {
  const tab = await open();
  report("topmost of 5,000 shapes under a pointer", await tab.page.evaluate(() => window.bench.hit()), 1);
  await tab.context.close();
}

/** Chromium's own account: how long from an input's time stamp until its frame was presented, and how far frames lay apart. */
async function trace(name) {
  const tab = await open();
  await tab.page.evaluate(zoom => zoom && window.bench.engine.zoomBy(3), name !== "zoom");
  await tab.page.waitForTimeout(800);
  await tab.page.evaluate(() => window.bench.frames.reset(false));
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["benchmark", "input", "cc", "latency"] },
  });
  await motions[name](tab);
  const complete = new Promise(resolve => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await tab.context.close();
  const begun = new Map();
  const latencies = [];
  const ends = [];
  for (const event of events) {
    if (event.name !== "EventLatency") continue;
    const key = `${event.pid} ${event.id2?.local ?? event.id}`;
    if (event.ph === "b") begun.set(key, event);
    const start = begun.get(key);
    if (event.ph !== "e" || !start) continue;
    begun.delete(key);
    if (!/MOVED|DRAGGED|WHEEL/.test(start.args?.event_latency?.event_type ?? "")) continue;
    latencies.push((event.ts - start.ts) / 1000);
    ends.push(event.ts / 1000);
  }
  const presented = [...new Set(ends.map(Math.round))].sort((a, b) => a - b);
  const gaps = presented.slice(1).map((end, i) => end - presented[i]);
  return `${name}: input to presented ${median(latencies).toFixed(1)} ms (95 %: ${quantile(latencies, 0.95).toFixed(1)}), from frame to frame ${median(gaps).toFixed(1)} ms`;
}

const load = () => readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 2).join(", ");
say(
  `${cpus().length} x ${cpus()[0]?.model}; Chromium ${browser.version()}; load ${load()}; ${RUNS} runs, 1440 x 900, 5,000 polygons of 20 points on 4000 x 2500`,
);
for (const name of Object.keys(motions)) await measureMotion(name);
await measureRest();
await measureHighlight();
await measureHits();
for (const { what, found, aim, reached } of rows) say(`  ${what.padEnd(42)}${found.padStart(9)}   aim ${aim.padEnd(10)} ${reached}`);
say("By Chromium's trace, the wait for the display's refresh included:");
for (const name of Object.keys(motions)) say(`  ${await trace(name)}`);
say(`load at the end ${load()}`);
await browser.close();
await server.close();
if (rows.some(row => row.reached === "NO") && process.env.STRICT) process.exitCode = 1;
