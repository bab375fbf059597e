import { expect, test } from "vitest";
import { filtersOf, queryOf, withParam } from "./filters";

test("filters travel in the address and nothing else does", () => {
  const filters = filtersOf(new URLSearchParams("state=done&class=car&agreement_max=0.6&q=drive/&task=1"));
  expect(queryOf(filters)).toEqual({ state: "done", class: "car", agreement_max: 0.6, external_id_prefix: "drive/" });
});

test("words that the server does not know are left out", () => {
  expect(queryOf(filtersOf(new URLSearchParams("state=finished&agreement_max=7&purpose=x")))).toEqual({});
});

test("an empty value takes its filter out", () => {
  expect(withParam(new URLSearchParams("state=done&q=a"), "state", null).toString()).toBe("q=a");
});
