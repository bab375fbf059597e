// Checks documents against a JSON schema with Ajv: node check.mjs SCHEMA FOLDER
// Prints a line for each fault, with the file and the JSON pointer; ends with 1 where there is any, or no document.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import Ajv from "ajv";

const [schemaFile, folder] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
// Not strict: the schema of OpenLABEL 1.0.0 has words in it that no draft of JSON Schema knows, which validators pass over.
const validate = new Ajv({ strict: false, allErrors: true }).compile(read(schemaFile));

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
let faults = files.length === 0 ? 1 : 0;
for (const name of files.sort()) {
  if (validate(read(join(folder, name)))) continue;
  for (const { instancePath, message } of validate.errors.slice(0, 20)) {
    faults++;
    console.log(`${name}: ${instancePath}: ${message}`);
  }
}
console.log(`${files.length} documents, ${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
