import { expect, test } from "vitest";
import { blocksOf } from "./Markdown";

test("a card is read block by block", () => {
  expect(blocksOf("# Streets\n\nTwo\nlines.\n\n> **Synthetic**\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n- one\n- two\n  more\n")).toEqual([
    { kind: "heading", level: 1, text: "Streets" },
    { kind: "paragraph", text: "Two lines." },
    { kind: "quote", text: "**Synthetic**" },
    {
      kind: "table",
      rows: [
        ["a", "b"],
        ["1", "2"],
      ],
    },
    { kind: "list", ordered: false, items: ["one", "two more"] },
  ]);
});

test("any text ends, and none is lost", () => {
  for (const text of ["|", "```", "#", "- ", ">", "\n\n", "a\n# b\nc", "1. x\ny", "```\nopen"])
    expect(Array.isArray(blocksOf(text))).toBe(true);
});
