// Shows the rows of a Parquet file as another program reads them, a JSON array of texts for each row.
//   node show.mjs hyparquet|duckdb FILE
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

// Times as counts of their units, for JavaScript's own dates end at the millisecond.
const parsers = {
  timestampFromMilliseconds: String,
  timestampFromMicroseconds: String,
  timestampFromNanoseconds: String,
}

function text(value) {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(text)
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, text(inner)]))
  return Object.is(value, -0) ? '-0' : String(value)
}

const [program, file] = process.argv.slice(2)
const lines = []
if (program === 'hyparquet') {
  const bytes = readFileSync(file)
  const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), compressors, parsers, utf8: false })
  for (const row of rows) lines.push(JSON.stringify(Object.values(row).map(text)))
} else {
  const database = await (await DuckDBInstance.create(':memory:')).connect()
  await database.run("set timezone = 'UTC'")
  const result = await database.runAndReadAll(`select cast(columns(*) as varchar) from read_parquet('${file}')`)
  for (const row of result.getRowsJson()) lines.push(JSON.stringify(row))
}
console.log(lines.join('\n'))
