import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { inflateRawSync } from "node:zlib";

/** Unpacks a zip archive into a folder: enough of the format for what the server sends. */
export async function unzip(archive: string, folder: string): Promise<readonly string[]> {
  const bytes = await readFile(archive);
  const end = bytes.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  if (end < 0) throw new Error(`${archive} is no zip archive.`);
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    const [method, packed, nameLength, extraLength, commentLength] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(begin, begin + packed);
    if (normalize(name).startsWith("..")) throw new Error(`${name} leads out of the archive.`);
    if (!name.endsWith("/")) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, method === 0 ? content : inflateRawSync(content));
      names.push(name);
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  return names;
}
