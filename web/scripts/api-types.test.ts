import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { apiTypes, schemaUrl } from "./api-types.mjs";

test("the API's types are those of the server's approved description", async () => {
  const kept = await readFile(schemaUrl, "utf8");
  expect(kept === (await apiTypes()), "src/api/schema.d.ts is stale: run `npm run generate` in web/ and commit it").toBe(true);
}, 60_000);
