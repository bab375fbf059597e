import { expect, test } from "vitest";
import { piecesOf } from "./marks";

const shown = (text: string, ...spans: [number, number][]) =>
  piecesOf(
    text,
    spans.map(([start, length]) => ({ start, length })),
  ).map(piece => (piece.isMarked ? `[${piece.text}]` : piece.text));

test("pieces give the text again, with what is marked apart", () => {
  expect(shown("one river", [4, 5])).toEqual(["one ", "[river]"]);
  expect(shown("one river")).toEqual(["one river"]);
  expect(shown("")).toEqual([]);
});

test("spans may overlap, repeat and come in any order", () => {
  expect(shown("abcdef", [3, 2], [1, 3], [1, 3])).toEqual(["a", "[bcd]", "[e]", "f"]);
  expect(shown("abc", [2, 9])).toEqual(["ab", "[c]"]);
});
