import { expect, test } from "vitest";
import { assignKeys, keyName, ontologyKeys } from "./keys";

const press = (key: string, code: string, held: Partial<Record<"shiftKey" | "ctrlKey" | "metaKey" | "altKey", boolean>> = {}) =>
  keyName({ key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

test("a key has the name that the ontology writes, on every keyboard", () => {
  expect(press("a", "KeyA")).toBe("a");
  expect(press("A", "KeyA", { shiftKey: true })).toBe("shift+a");
  expect(press("1", "Digit1")).toBe("1");
  expect(press("!", "Digit1", { shiftKey: true })).toBe("shift+1");
  expect(press("&", "Digit1")).toBe("1");
  expect(press("ф", "KeyA")).toBe("a");
  expect(press("a", "KeyQ")).toBe("a");
  expect(press("?", "Slash", { shiftKey: true })).toBe("?");
  expect(press("Enter", "Enter", { ctrlKey: true })).toBe("mod+enter");
  expect(press(" ", "Space", { metaKey: true })).toBe("mod+space");
  expect(press("Tab", "Tab", { shiftKey: true })).toBe("shift+tab");
});

test("a tool gives way to a class that took its letter", () => {
  const taken = new Set(["v", "h", "shift+h"]);
  expect(
    assignKeys(
      [
        ["select", "v"],
        ["pan", "h"],
        ["box", "b"],
      ],
      taken,
    ),
  ).toEqual({ select: "shift+v", box: "b" });
});

test("keys of classes, options and attributes are all found", () => {
  const keys = ontologyKeys({
    questions: [
      {
        id: "objects",
        kind: "shapes",
        classes: [
          {
            id: "car",
            colour: "#000000",
            hotkey: "1",
            geometries: ["box"],
            attributes: [{ id: "side", kind: "choice", options: [{ id: "left", hotkey: "shift+l" }] }],
          },
        ],
      },
      { id: "time", kind: "choice", options: [{ id: "day", hotkey: "d", children: [{ id: "dusk", hotkey: "e" }] }] },
    ],
  });
  expect([...keys].sort()).toEqual(["1", "d", "e", "shift+l"]);
});
