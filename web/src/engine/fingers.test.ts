import { beforeEach, expect, test } from "vitest";
import { screen } from "./coordinates";
import { Fingers } from "./fingers";

let said: string[] = [];
let fingers = new Fingers({ move: () => {}, up: () => {}, cancel: () => {}, pinch: () => {} });

beforeEach(() => {
  said = [];
  fingers = new Fingers({
    move: at => said.push(`move ${at.x},${at.y}`),
    up: at => said.push(`up ${at.x},${at.y}`),
    cancel: () => said.push("cancel"),
    pinch: (from, to, factor) => said.push(`pinch ${from.x},${from.y} to ${to.x},${to.y} by ${factor}`),
  });
});

const down = (id: number, x: number, y: number) => fingers.down(id, screen(x, y), () => said.push(`press ${x},${y}`));

test("a tap presses and lifts", () => {
  down(1, 10, 10);
  expect(said).toEqual([]);
  fingers.up(1, screen(11, 10));
  expect(said).toEqual(["press 10,10", "up 11,10"]);
});

test("a drag presses where it began, once it is one", () => {
  down(1, 10, 10);
  fingers.move(1, screen(12, 10));
  fingers.move(1, screen(20, 10));
  fingers.up(1, screen(30, 10));
  expect(said).toEqual(["press 10,10", "move 20,10", "up 30,10"]);
});

test("two fingers zoom and move the picture, and the first of them draws nothing", () => {
  down(1, 100, 100);
  down(2, 200, 100);
  fingers.move(2, screen(300, 100));
  fingers.move(1, screen(100, 140));
  expect(said).toEqual(["pinch 150,100 to 200,100 by 2", expect.stringMatching(/^pinch 200,100 to 200,120 by 1\.0/)]);
  said = [];
  fingers.up(2, screen(300, 100));
  fingers.move(1, screen(10, 10));
  fingers.up(1, screen(10, 10));
  expect(said).toEqual([]);
});

test("a second finger ends what the first was drawing", () => {
  down(1, 10, 10);
  fingers.move(1, screen(30, 10));
  down(2, 90, 90);
  down(3, 95, 90);
  expect(said).toEqual(["press 10,10", "move 30,10", "cancel"]);
});

test("after all fingers were lifted one draws again, also when the system took them", () => {
  down(1, 10, 10);
  down(2, 20, 20);
  fingers.cancel(1);
  fingers.cancel(2);
  down(3, 50, 50);
  fingers.up(3, screen(50, 50));
  expect(said).toEqual(["press 50,50", "up 50,50"]);
});

test("two fingers at one place zoom by no infinite factor", () => {
  down(1, 10, 10);
  down(2, 10, 10);
  fingers.move(2, screen(13, 14));
  expect(said).toEqual(["pinch 10,10 to 12,12 by 5"]);
});
