import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What tests do at the workbench, by role and label. */
export const canvasOf = (page: Page) => page.locator("[data-canvas]");

export async function openWork(page: Page, address: string, project: string): Promise<void> {
  await page.goto(`${address}/work/${project}`);
  await ready(page);
}

/** The task is there and its picture is seen. */
export async function ready(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Submit" }).waitFor();
  await page.getByRole("heading", { name: /^Objects / }).waitFor();
  await page.getByText("Loading the picture").waitFor({ state: "hidden" });
}

export async function closeInstructions(page: Page): Promise<void> {
  const close = page.getByRole("button", { name: "Close", exact: true });
  if (await close.isVisible()) await close.click();
}

/** Drags on the picture, in shares of the canvas. */
export async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = await canvasOf(page).boundingBox();
  if (!box) throw new Error("There is no canvas.");
  const at = ([x, y]: readonly [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move((at(from)[0] + at(to)[0]) / 2, (at(from)[1] + at(to)[1]) / 2);
  await page.mouse.move(...at(to));
  await page.mouse.up();
}

export async function clickAt(
  page: Page,
  at: readonly [number, number],
  options: { button?: "left" | "right" | "middle" } = {},
): Promise<void> {
  const box = await canvasOf(page).boundingBox();
  if (!box) throw new Error("There is no canvas.");
  await page.mouse.click(box.x + box.width * at[0], box.y + box.height * at[1], options);
}

export async function objects(page: Page): Promise<number> {
  return Number(/\d+/.exec(await page.getByRole("heading", { name: /^Objects / }).innerText())?.[0]);
}

export const expectObjects = (page: Page, count: number) => expect.poll(() => objects(page), { timeout: 10_000 }).toBe(count);

/** What the page says of where the work is. */
export async function saving(page: Page): Promise<{ state: string; sequence: number }> {
  const line = page.locator("output[data-state]").first();
  return { state: (await line.getAttribute("data-state")) ?? "", sequence: Number(await line.getAttribute("data-sequence")) };
}

export const expectSaved = (page: Page, state = "saved") =>
  expect.poll(async () => (await saving(page)).state, { timeout: 15_000 }).toBe(state);
