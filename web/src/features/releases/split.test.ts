import { expect, test } from "vitest";
import { faultOf, type Part, splitOf, usualParts } from "./split";

test("shares are sent as parts of one", () => {
  expect(faultOf(usualParts)).toBeNull();
  expect(splitOf(usualParts)).toEqual({ train: 0.8, val: 0.1, test: 0.1 });
});

test("parts that cannot be are refused before they are sent", () => {
  const parts = (...rows: [string, Part["share"]][]) => rows.map(([name, share]) => ({ name, share }));
  expect(faultOf(parts(["train", 80], ["train", 20]))).toBe("name");
  expect(faultOf(parts(["train", 80], [" ", 20]))).toBe("name");
  expect(faultOf(parts(["train", 80], ["../val", 20]))).toBe("name");
  expect(faultOf(parts(["train", 100]))).toBe("few");
  expect(faultOf(parts(["train", 100], ["val", 0]))).toBe("share");
  expect(faultOf(parts(["train", 100], ["val", ""]))).toBe("share");
  expect(faultOf(parts(["train", 80], ["val", 10]))).toBe("sum");
  expect(faultOf(parts(["a", 33.33], ["b", 33.33], ["c", 33.34]))).toBeNull();
});
