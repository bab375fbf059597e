import openapiTS, { astToString } from "openapi-typescript";

/** The server's description of itself, kept by its own tests. */
export const documentUrl = new URL("../../tests/Touchstone.Server.Tests/openapi.approved.json", import.meta.url);

/** The types that the pages are written against. */
export const schemaUrl = new URL("../src/api/schema.d.ts", import.meta.url);

const header = `// Written by "npm run generate" from tests/Touchstone.Server.Tests/openapi.approved.json. Do not edit.\n\n`;

/** @returns {Promise<string>} */
export async function apiTypes() {
  return header + astToString(await openapiTS(documentUrl, { alphabetize: true, emptyObjectsUnknown: true }));
}
