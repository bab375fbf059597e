import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const texts = /\.(?:js|css|html|svg|json|wasm)$/;

/** Writes file.br and file.gz beside every text of the build, so that the server sends them as they lie. */
export function precompress() {
  let folder = "";
  return {
    name: "touchstone-precompress",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && texts.test(entry.name)) await compress(join(entry.parentPath ?? entry.path, entry.name));
      }
    },
  };
}

/** @param {string} path */
async function compress(path) {
  const bytes = await readFile(path);
  const brotli = await promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  const zipped = await promisify(gzip)(bytes, { level: 9 });
  // A form that is no smaller is left out; the server then sends the file itself.
  if (brotli.length < bytes.length) await writeFile(`${path}.br`, brotli);
  if (zipped.length < bytes.length) await writeFile(`${path}.gz`, zipped);
}
