import type { Locator, Page } from "playwright-core";
import { canvasOf } from "./bench";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** What a person does to a page, by one means alone. */
export interface Hands {
  press(at: Locator): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  check(box: Locator): Promise<void>;
  /** Puts files where they are dropped or chosen. */
  files(page: Page, paths: readonly string[]): Promise<void>;
  /** Draws boxes of a class, named by its key, upon the task at hand; each is given by pixels of the picture, and `after` answers what is asked of it. */
  draw(page: Page, classKey: string, picture: Extent, box: Box, after: () => Promise<void>): Promise<void>;
  /** Says that the task, or the case, is done. */
  submit(page: Page, button: Locator): Promise<void>;
}

/** Where a place in the picture lies on the screen, while the picture fits the canvas. */
async function onScreen(page: Page, picture: Extent) {
  const stage = await canvasOf(page).boundingBox();
  if (!stage) throw new Error("There is no canvas.");
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height) * 0.96;
  const left = stage.x + (stage.width - picture.width * scale) / 2;
  const top = stage.y + (stage.height - picture.height * scale) / 2;
  return { scale, at: (x: number, y: number) => [left + x * scale, top + y * scale] as const };
}

/** A little within the picture's edges, so that the pointer is over it. */
const inside = (box: Box, picture: Extent): Box => {
  const x = Math.max(2, box.x);
  const y = Math.max(2, box.y);
  return {
    x,
    y,
    width: Math.min(box.x + box.width, picture.width - 2) - x,
    height: Math.min(box.y + box.height, picture.height - 2) - y,
  };
};

export const mouse: Hands = {
  press: at => at.click(),
  fill: (field, text) => field.fill(text),
  check: box => box.check(),
  async files(page, paths) {
    // As the system drops them: the page gets real files.
    const zone = await page.getByRole("region", { name: /^Drop/ }).boundingBox();
    if (!zone) throw new Error("There is nothing to drop upon.");
    const devtools = await page.context().newCDPSession(page);
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const)
      await devtools.send("Input.dispatchDragEvent", { type, x: zone.x + zone.width / 2, y: zone.y + zone.height / 2, data });
  },
  async draw(page, classKey, picture, box, after) {
    await page
      .getByRole("region", { name: "Classes" })
      .getByRole("button")
      .filter({ has: page.locator(`kbd:text-is("${classKey}")`) })
      .click();
    const { at } = await onScreen(page, picture);
    const { x, y, width, height } = inside(box, picture);
    await page.mouse.move(...at(x, y));
    await page.mouse.down();
    await page.mouse.move(...at(x + width / 2, y + height / 2));
    await page.mouse.move(...at(x + width, y + height));
    await page.mouse.up();
    await after();
  },
  submit: (_, button) => button.click(),
};

/** Moves the focus there by Tab alone. */
async function reach(at: Locator): Promise<void> {
  await at.waitFor();
  const page = at.page();
  for (let i = 0; i < 400; i++) {
    if (await at.evaluate(element => element === document.activeElement || element.contains(document.activeElement))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not come to ${at}.`);
}

let crosshair: { page: Page; x: number; y: number } | null = null;

export const keys: Hands = {
  async press(at) {
    await reach(at);
    await at.page().keyboard.press("Enter");
  },
  async fill(field, text) {
    await reach(field);
    await field.page().keyboard.press("Control+a");
    await field.page().keyboard.type(text);
  },
  async check(box) {
    await reach(box);
    if (!(await box.isChecked())) await box.page().keyboard.press("Space");
  },
  async files(page, paths) {
    // Asked for well ahead: the browser takes a moment to hand its dialogs over, and one that opens before is lost.
    const opened = page.waitForEvent("filechooser");
    await reach(page.getByRole("button", { name: "Choose files" }));
    await page.keyboard.press("Enter");
    await (await opened).setFiles([...paths]);
  },
  async draw(page, classKey, picture, box, after) {
    await page.keyboard.press("Escape");
    await page.keyboard.press(classKey);
    // The crosshair begins in the middle.
    crosshair = { page, x: Math.round(picture.width / 2), y: Math.round(picture.height / 2) };
    const { x, y, width, height } = inside(box, picture);
    await steer(page, Math.round(x), Math.round(y));
    await page.keyboard.press("Enter");
    await steer(page, Math.round(x + width), Math.round(y + height));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await after();
  },
  async submit(page) {
    await page.keyboard.press("Control+Enter");
  },
};

/** Moves the crosshair by steps of 50, 10 and 1 pixels of the picture. */
async function steer(page: Page, x: number, y: number): Promise<void> {
  if (!crosshair) throw new Error("There is no crosshair.");
  for (const [key, by] of [
    [x > crosshair.x ? "ArrowRight" : "ArrowLeft", Math.abs(x - crosshair.x)],
    [y > crosshair.y ? "ArrowDown" : "ArrowUp", Math.abs(y - crosshair.y)],
  ] as const) {
    for (let i = 0; i < Math.floor(by / 50); i++) await page.keyboard.press(`Alt+${key}`);
    for (let i = 0; i < Math.floor((by % 50) / 10); i++) await page.keyboard.press(`Shift+${key}`);
    for (let i = 0; i < by % 10; i++) await page.keyboard.press(key);
  }
  crosshair = { page, x, y };
}
