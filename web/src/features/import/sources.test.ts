import { expect, test } from "vitest";
import { fromFiles, looksLikeLabels, nameOf } from "./sources";

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

test("pictures and other files are told apart by their names, and hidden ones are passed over", () => {
  const dropped = fromFiles(["a.JPG", "b.xml", ".DS_Store", "labels.json"].map(name => new File(["x"], name)));
  expect(dropped.sources.map(each => each.path)).toEqual(["a.JPG"]);
  expect(dropped.others.map(each => each.path)).toEqual(["b.xml", "labels.json"]);
});

test("files of labels are offered to be read; a stray note is none", () => {
  const dropped = (...names: string[]) => fromFiles(names.map(name => new File(["x"], name)));
  expect(looksLikeLabels(dropped("a.jpg", "annotations.xml"))).toBe(true);
  expect(looksLikeLabels(dropped("coco.zip"))).toBe(true);
  expect(looksLikeLabels(dropped("a.jpg", "README.txt", "LICENSE.source.txt", "notes.docx"))).toBe(false);
  expect(looksLikeLabels(dropped("a.jpg"))).toBe(false);
});
