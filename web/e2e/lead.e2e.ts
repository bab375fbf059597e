import { afterAll, beforeAll, expect, test } from "vitest";
import { accessFaults, closeBrowser, openPage, png, type RunningServer, startServer, type Watched } from "./harness";

let server: RunningServer;
let lead: Watched;

beforeAll(async () => {
  server = await startServer("serve");
  lead = await openPage();
});

afterAll(async () => {
  await closeBrowser();
  await server?.stop();
});

/** Everything below is one way that a data lead goes, by role and label. */
test("the first owner comes in by the link that the server prints", async () => {
  const { page } = lead;
  await page.goto(server.link);
  await page.getByLabel("Your name").fill("Ada Lead");
  await page.getByLabel("Organization").fill("Streets and Co");
  await page.getByLabel("E-mail").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill("a long enough secret");
  expect(await accessFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Become the owner" }).click();
  await page.getByRole("heading", { name: "Projects", exact: true }).waitFor();
  expect(page.url()).not.toContain("link=");
});

test("a project is made from a pack and an own question, in forms and in YAML alike", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "New project" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Crossings");
  await page.getByLabel("Driving: Vehicles").check();
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.getByRole("menuitem", { name: /^Choice/ }).click();
  await page.getByLabel("Title of choice").fill("Weather");
  await page.getByRole("button", { name: "YAML" }).click();
  const text = page.getByRole("textbox", { name: "YAML" });
  expect(await text.inputValue()).toContain("id: weather");
  expect(await text.inputValue()).toContain("driving/vehicles");

  // The text is the form: what is typed in one stands in the other.
  await text.fill((await text.inputValue()).replace("name: Crossings", "name: Crossings at night"));
  await expect.poll(() => page.getByLabel("Name", { exact: true }).inputValue()).toBe("Crossings at night");

  // A fault is told with its line and lets nothing be made.
  const good = await text.inputValue();
  await text.fill(good.replace("kind: choice", "kind: chioce"));
  await page.getByText("1 fault").waitFor();
  await page
    .getByText(/found "chioce"/)
    .first()
    .waitFor();
  expect(await page.getByRole("button", { name: "Create the project" }).isDisabled()).toBe(true);
  await text.fill(good);
  await page.getByText("Nothing wrong").waitFor();
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: /^Car/ }).click();
  await page.getByRole("heading", { name: "Attributes of Car" }).waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Create the project" }).click();
  await page.getByRole("heading", { name: "Crossings at night" }).waitFor();
  await page.getByText("No data yet").waitFor();
});

test("pictures are imported, what is none is listed, and dropping them again brings in nothing twice", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Import data" }).first().click();
  const files = [0, 1, 2, 3, 4].map(i => ({ name: `street-${i}.png`, mimeType: "image/png", buffer: png(i) }));
  await page
    .getByTestId("files")
    .setInputFiles([...files, { name: "broken.png", mimeType: "image/png", buffer: Buffer.from("no picture") }]);
  await page.getByRole("heading", { name: "Import finished" }).waitFor();
  await page.getByText("5 new tasks").waitFor();
  await page.getByText("This is no picture, whatever its name says.").waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await page.getByTestId("files").setInputFiles(files);
  await page.getByText("5 there already").waitFor();
  await page.getByText("0 new tasks").waitFor();
});

test("tasks stand in a grid with thumbnails, and the filter stands in the address", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Tasks", exact: true }).click();
  await page.getByText("5 tasks").waitFor();
  await expect.poll(() => page.getByRole("list", { name: "Tasks" }).locator("img").count()).toBe(5);
  await page.getByPlaceholder("Name begins with").fill("street-3");
  await page.getByText("1 task", { exact: true }).waitFor();
  expect(page.url()).toContain("q=street-3");
  await page.reload();
  await page.getByText("1 task", { exact: true }).waitFor();
  await page.getByRole("list", { name: "Tasks" }).getByRole("link").first().click();
  await page.getByRole("dialog").getByText("There is no consensus yet.").waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
});

test("somebody is invited by a link and comes in with their role", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "People" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("Name", { exact: false }).last().fill("Ben Labeller");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  const invited = await openPage({ width: 390, height: 844 });
  await invited.page.goto(link);
  await invited.page.getByText("You are invited to Streets and Co as contributor.").waitFor();
  await invited.page.getByLabel("E-mail").fill("ben@example.org");
  await invited.page.getByLabel("Password", { exact: true }).fill("another long secret");
  await invited.page.getByRole("button", { name: "Join" }).click();
  await invited.page.getByRole("heading", { name: "My work" }).waitFor();
  await invited.page.getByText("Crossings at night").waitFor();
  expect(await invited.page.getByRole("link", { name: "Projects" }).count()).toBe(0);
  expect(await accessFaults(invited.page)).toEqual([]);
  expect(invited.complaints).toEqual([]);
  await invited.context.close();
});

test("an expired session asks to sign in again and keeps the page", async () => {
  const { page, context } = lead;
  await page.keyboard.press("Escape");
  await page.goto(`${server.address}/projects/new`);
  await page.getByLabel("Name", { exact: true }).fill("Kept through the night");
  await context.clearCookies();
  await page.getByLabel("Driving: Lanes").check();
  await page.getByRole("heading", { name: "Your session has ended" }).waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await page.getByRole("dialog").getByLabel("Password", { exact: true }).fill("a long enough secret");
  await page.getByRole("dialog").getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Kept through the night");
  await page.getByText("Nothing wrong").waitFor();
});

test("nothing complained on the way", () => {
  expect(lead.complaints).toEqual([]);
});
