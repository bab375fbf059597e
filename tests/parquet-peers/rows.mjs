// Shows the rows of a Parquet file as another program reads them, an object of JSON a line, nulls left out.
//   node rows.mjs hyparquet|duckdb FILE
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const print = (row) =>
  console.log(JSON.stringify(row, (_, value) => {
    if (typeof value === 'bigint') return Number(value)
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined))
  }))

const [program, file] = process.argv.slice(2)
if (program === 'hyparquet') {
  const bytes = readFileSync(file)
  for (const row of await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), compressors })) print(row)
} else {
  const database = await (await DuckDBInstance.create(':memory:')).connect()
  const result = await database.runAndReadAll(`select cast(to_json(t) as varchar) as row from read_parquet('${file}') t`)
  for (const { row } of result.getRowObjectsJson()) print(JSON.parse(row))
}
