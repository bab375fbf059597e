import { expect, test } from "vitest";
import { importsOf } from "./importsOf";

test("audits are no imports, and the newest import stands first", () => {
  const batches = [{ id: "a" }, { id: "b" }, { id: "c" }];
  expect(importsOf(batches, [{ id: "b" }])).toEqual([{ id: "c" }, { id: "a" }]);
});
