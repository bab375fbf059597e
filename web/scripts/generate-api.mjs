import { writeFile } from "node:fs/promises";
import { apiTypes, schemaUrl } from "./api-types.mjs";

await writeFile(schemaUrl, await apiTypes());
