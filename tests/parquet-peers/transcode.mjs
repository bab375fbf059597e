// Reads Parquet files by another program and writes their rows into new ones.
//   node transcode.mjs JOBS.json     jobs: [{ by: "duckdb" | "rust", from, to, compression, version, encoding, dictionary }]
import { readFileSync, writeFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { Compression, Encoding, WriterPropertiesBuilder, WriterVersion, readParquet, writeParquet } from 'parquet-wasm'

const database = await (await DuckDBInstance.create(':memory:')).connect()
await database.run("set timezone = 'UTC'")

async function byDuckDB({ from, to, compression, version }) {
  await database.run(`copy (select * from read_parquet('${from}')) to '${to}' (format parquet, compression ${compression}, parquet_version v${version})`)
}

function byRust({ from, to, compression, version, encoding, dictionary }) {
  let properties = new WriterPropertiesBuilder()
    .setWriterVersion(version === 2 ? WriterVersion.V2 : WriterVersion.V1)
    .setCompression(Compression[compression.toUpperCase()])
    .setDictionaryEnabled(dictionary)
  if (encoding) properties = properties.setEncoding(Encoding[encoding])
  writeFileSync(to, writeParquet(readParquet(readFileSync(from)), properties.build()))
}

const failed = []
for (const job of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    await (job.by === 'duckdb' ? byDuckDB : byRust)(job)
  } catch (fault) {
    failed.push(`${JSON.stringify(job)}: ${fault}`)
  }
}
if (failed.length > 0) {
  console.error(failed.join('\n'))
  process.exit(1)
}
