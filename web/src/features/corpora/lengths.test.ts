import { expect, test } from "vitest";
import { binsOf } from "./lengths";

test("bins go from the first that holds something to the last, with the ends of their words", () => {
  const read = [0, 0, 3, 0, 1, ...Array<number>(27).fill(0)];
  const kept = [0, 0, 1, 0, 1, ...Array<number>(27).fill(0)];
  expect(binsOf(read, kept).map(bin => [bin.from, bin.to, bin.label, bin.read, bin.kept])).toEqual([
    [2, 3, "2", 3, 1],
    [4, 7, "4", 0, 0],
    [8, 15, "8", 1, 1],
  ]);
  expect(binsOf([1, 0], [0, 0])).toEqual([{ from: 0, to: 0, label: "0", read: 1, kept: 0 }]);
  expect(binsOf([0, 0], [0, 0])).toEqual([]);
});

test("large bins are named in thousands and millions", () => {
  const many = Array.from({ length: 32 }, () => 1);
  const labels = binsOf(many, many).map(bin => bin.label);
  expect([labels[10], labels[11], labels[17], labels[21]]).toEqual(["512", "1k", "64k", "1M"]);
});
