import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** The program as it was built, with the pages beside it. */
export const program = process.env.TOUCHSTONE_PROGRAM ?? join(import.meta.dirname, "../../src/Touchstone/bin/Release/net10.0/touchstone");
export const chromiumPath = process.env.TOUCHSTONE_CHROMIUM ?? "/usr/bin/chromium";

export interface RunningServer {
  address: string;
  /** Signs somebody in once. */
  link: string;
  /** Ends it as a power cut does. */
  crash(): Promise<void>;
  /** Begins it again where it was, on the same folder. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** `touchstone serve` on a fresh folder, or `touchstone demo` with everything that it makes. */
export async function startServer(verb: "serve" | "demo", more: readonly string[] = []): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "touchstone-e2e-"));
  const options = verb === "serve" ? ["--data", join(folder, "data")] : ["--data", join(folder, "data"), "--out", join(folder, "release")];
  const begin = (...of: string[]) => spawn(program, of, { stdio: ["ignore", "pipe", "pipe"] });
  let child = begin(verb, ...options, "--urls", "http://127.0.0.1:0", ...more);
  const link = await linkIn(child);
  const address = new URL(link).origin;
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(resolve => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  };
  return {
    address,
    link,
    crash: () => end("SIGKILL"),
    revive: async () => {
      child = begin("serve", "--data", join(folder, "data"), "--urls", address, ...more);
      // Nobody reads what it says any more, and it must not wait for that.
      child.stdout?.resume();
      child.stderr?.resume();
      await answers(address);
    },
    stop: async () => {
      await end("SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(address: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${address}/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`${address} does not answer.`);
}

function linkIn(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /https?:\/\/\S+#link=\S+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("error", reject);
    child.once("exit", code => reject(new Error(`${program} ended with ${code} before it told its link:\n${said}`)));
  });
}

export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser: Browser | null = null;

export async function openBrowser(): Promise<Browser> {
  browser ??= await chromium.launch({
    executablePath: chromiumPath,
    args: chromiumFlags,
  });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = null;
}

/** What a page complained of: scripts that failed, and what the content security policy stopped. */
export interface Watched {
  context: BrowserContext;
  page: Page;
  complaints: string[];
}

export async function openPage(
  size: { width: number; height: number } = { width: 1440, height: 900 },
  colorScheme: "light" | "dark" = "light",
): Promise<Watched> {
  const context = await (await openBrowser()).newContext({ viewport: size, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", error => complaints.push(error.message));
  page.on("console", message => {
    // A refused request is an ordinary answer of the API; the browser notes each.
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Serious and critical faults that axe finds on the page as it is, one a line. */
export async function accessFaults(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page }).analyze();
  return result.violations
    .filter(violation => violation.impact === "serious" || violation.impact === "critical")
    .map(
      violation =>
        `${violation.id}: ${violation.help} (${violation.nodes
          .map(node => node.target.join(" "))
          .slice(0, 4)
          .join("; ")})`,
    );
}

/** How many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** A small picture of one colour, different for each number. */
export function png(number: number, width = 120, height = 80): Buffer {
  const colour = [(number * 53) % 256, (number * 97) % 256, (number * 151) % 256];
  const row = Buffer.concat([Buffer.from([0]), Buffer.concat(Array.from({ length: width }, () => Buffer.from(colour)))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }

  return ~crc >>> 0;
}
