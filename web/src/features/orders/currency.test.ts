import { expect, test } from "vitest";
import { minor, toMinor } from "./currency";

test("money is counted in the smallest unit of its currency and written in the whole", () => {
  expect(toMinor(12.34, "EUR")).toBe(1234);
  expect(toMinor(1200, "JPY")).toBe(1200);
  expect(minor(123_456, "EUR")).toBe("1\u202f234.56\u202fEUR");
  expect(minor(500, "JPY")).toBe("500.00\u202fJPY");
});
