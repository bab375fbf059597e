import { expect, test } from "vitest";
import { nameOf } from "./sources";

const sources = (...paths: string[]) => paths.map(path => ({ path }));

test("an import is called by its folder, or by its files", () => {
  expect(nameOf(sources("street/a.jpg", "street/north/b.jpg"))).toBe("street");
  expect(nameOf(sources("a.jpg"))).toBe("a.jpg");
  expect(nameOf(sources("a.jpg", "b.jpg", "c.jpg"))).toBe("a.jpg and 2 other files");
  expect(nameOf(sources("north/a.jpg", "south/b.jpg"))).toBe("north/a.jpg and 1 other file");
});

test("whatever a file is called, its import has a name that can be one", () => {
  expect(nameOf(sources("a\nb\u0000.jpg"))).toBe("a b .jpg");
  expect([...nameOf(sources(`${"\u{1F697}".repeat(150)}.jpg`))]).toHaveLength(80);
  expect(nameOf(sources("\ud83d.jpg"))).toBe(".jpg");
});
