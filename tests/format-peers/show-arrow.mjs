// Shows the rows of an Arrow file as Apache Arrow's own library reads them, a JSON object a line; the types of the columns stand in the first.
//   node show-arrow.mjs FILE
import { readFileSync } from 'node:fs'
import { tableFromIPC } from 'apache-arrow'

const table = tableFromIPC(readFileSync(process.argv[2]))
console.log(JSON.stringify(Object.fromEntries(table.schema.fields.map((field) => [field.name, String(field.type)]))))
for (const row of table) console.log(JSON.stringify(row.toJSON(), (_, value) => (typeof value === 'bigint' ? value.toString() : value)))
