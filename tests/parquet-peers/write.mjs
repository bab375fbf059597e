// Writes Parquet files by hyparquet-writer: every encoding that it has, in each compression that it has.
//   node write.mjs FOLDER
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'

const count = 5000
const make = (value) => Array.from({ length: count }, (_, i) => value(i))
const orNull = (value) => (i) => (i % 7 === 3 ? null : value(i))

const columns = [
  { name: 'bool', type: 'BOOLEAN', data: make((i) => i % 3 === 0) },
  { name: 'bool_runs', type: 'BOOLEAN', encoding: 'RLE', data: make((i) => i % 1000 < 500) },
  { name: 'i32', type: 'INT32', data: make(orNull((i) => i * 7 - 9000)) },
  { name: 'i32_delta', type: 'INT32', encoding: 'DELTA_BINARY_PACKED', data: make(orNull((i) => (i % 2 ? -1 : 1) * i * 1000)) },
  { name: 'i64_delta', type: 'INT64', encoding: 'DELTA_BINARY_PACKED', data: make((i) => BigInt(i) * (i % 2 ? 1n : -1n) * 1000000007000n) },
  { name: 'i32_split', type: 'INT32', encoding: 'BYTE_STREAM_SPLIT', data: make((i) => i - 2500) },
  { name: 'float', type: 'FLOAT', data: make((i) => i / 4) },
  { name: 'float_split', type: 'FLOAT', encoding: 'BYTE_STREAM_SPLIT', data: make((i) => i / 8) },
  { name: 'double', type: 'DOUBLE', data: make(orNull((i) => i / 3)) },
  { name: 'double_split', type: 'DOUBLE', encoding: 'BYTE_STREAM_SPLIT', data: make(orNull((i) => i / 7)) },
  { name: 'text', type: 'STRING', data: make(orNull((i) => `text ${i}`)) },
  { name: 'text_few', type: 'STRING', data: make((i) => `class ${i % 5} 猫`) },
  { name: 'text_lengths', type: 'STRING', encoding: 'DELTA_LENGTH_BYTE_ARRAY', data: make((i) => 'x'.repeat(i % 20)) },
  { name: 'text_prefixes', type: 'STRING', encoding: 'DELTA_BYTE_ARRAY', data: make((i) => `prefix ${1000000 + i}`) },
  { name: 'json', type: 'JSON', data: make((i) => ({ a: i })) },
  { name: 'at', type: 'TIMESTAMP', data: make((i) => new Date(1700000000000 + i)) },
]

for (const codec of ['UNCOMPRESSED', 'SNAPPY']) {
  writeFileSync(join(process.argv[2], `${codec}.parquet`), Buffer.from(parquetWriteBuffer({ columnData: columns, codec, rowGroupSize: 2000, pageSize: 4096 })))
}
