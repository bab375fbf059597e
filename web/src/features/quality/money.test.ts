import { expect, test } from "vitest";
import { costOf, money } from "./money";

test("a time costs its share of an hour", () => {
  expect(costOf(1_800_000, 20)).toBe(10);
  expect(costOf(null, 20)).toBeNull();
  expect(costOf(1000, null)).toBeNull();
});

test("money always has its currency, and small amounts enough digits", () => {
  expect(money(1234.5, "EUR")).toBe("1\u202f234.50\u202fEUR");
  expect(money(0.0123, "USD")).toBe("0.0123\u202fUSD");
});
