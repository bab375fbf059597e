// Writes conversations and preferences as data sets of the Hugging Face hub have them: by DuckDB, and from that by the Rust library of Arrow.
//   node conversations.mjs FOLDER
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { readParquet, writeParquet } from 'parquet-wasm'

const folder = process.argv[2]
const database = await (await DuckDBInstance.create(':memory:')).connect()
const write = (name, query) => database.run(`copy (${query}) to '${join(folder, name)}' (format parquet, compression zstd)`)

await write('chat.parquet', `
  select [{'role': 'user', 'content': 'Capital of France, ' || i || '?'}, {'role': 'assistant', 'content': 'Paris 🗼'}] as messages, i as number, null::varchar as note from range(3000) t(i)
  union all select [{'role': 'system', 'content': null}, {'role': 'user', 'content': 'Hi'}, {'role': 'assistant', 'content': 'Hello.'}], 3000, 'n'`)
await write('preference.parquet', `
  select [{'content': 'Sky?', 'role': 'user'}] as prompt, [{'content': 'Blue.', 'role': 'assistant'}] as chosen, [{'content': 'Green.', 'role': 'assistant'}] as rejected, 7.75 as score_chosen`)
await write('helpsteer2.parquet', `
  select 'c#' as prompt, 'C# is a language.' as response, 3 as helpfulness, 4 as correctness, 4 as coherence, 2 as complexity, 1 as verbosity`)
await write('verl.parquet', `
  select 'openai/gsm8k' as data_source, [{'role': 'user', 'content': '6 x 7?'}] as prompt, 'math' as ability, {'style': 'rule', 'ground_truth': '42'} as reward_model, {'split': 'train', 'index': 3} as extra_info`)
for (const name of ['chat', 'preference', 'helpsteer2', 'verl'])
  writeFileSync(join(folder, `${name}.rust.parquet`), writeParquet(readParquet(readFileSync(join(folder, `${name}.parquet`)))))
