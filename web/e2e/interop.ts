import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, png } from "./harness";

/** Files that other tools wrote, brought together as people have them: labels with their pictures beside them. */
const data = process.env.TOUCHSTONE_TEST_DATA;
const needed = ["interop/label_studio", "interop/same_100_images", "driving/kitti_object", "driving/voc_street/images"];

/** Whether the data sets are at hand. Where tests must not be passed over (CI=true) their absence is a failure. */
export function hasDatasets(): boolean {
  const missing = needed.filter(folder => !data || !existsSync(join(data, folder)));
  if (missing.length === 0) return true;
  if (process.env.CI === "true") throw new Error(`TOUCHSTONE_TEST_DATA does not hold ${missing.join(", ")}, which this test needs.`);
  return false;
}

export const WITHOUT_DATASETS = `Set TOUCHSTONE_TEST_DATA to the folder of the reference data: ${needed.join(", ")} are needed.`;

const from = (...path: string[]) => join(data ?? "", ...path);
const fresh = (name: string) => mkdtemp(join(tmpdir(), `touchstone-${name}-`));

/** A COCO file of 100 pictures, with the 16 of them that the reference data hold. */
export async function cocoFolder(): Promise<string> {
  const folder = join(await fresh("coco"), "street coco");
  await mkdir(join(folder, "annotations"), { recursive: true });
  await cp(from("interop/same_100_images/coco_format_v1/instances_default.json"), join(folder, "annotations/instances_default.json"));
  await cp(from("driving/voc_street/images"), join(folder, "images"), { recursive: true });
  return folder;
}

/** CVAT's XML of the same pictures as one archive. */
export async function cvatArchive(): Promise<string> {
  const entries: [string, Buffer][] = [["annotations.xml", await readFile(from("interop/same_100_images/cvat_format/annotations.xml"))]];
  for (const name of (await readdir(from("driving/voc_street/images"))).sort())
    entries.push([`images/${name}`, await readFile(from("driving/voc_street/images", name))]);
  return kept(join(await fresh("cvat"), "street cvat.zip"), zip(entries));
}

/** Two scenes of KITTI as its archives unpack. */
export const kittiFolder = (): string => from("driving/kitti_object");

/** An export of Label Studio with a picture of the size and name that it states; its own is not published with it. */
export async function labelStudioFolder(): Promise<string> {
  const folder = join(await fresh("label-studio"), "shapes");
  await mkdir(folder, { recursive: true });
  await cp(from("interop/label_studio/export_rect_polygon_keypoint.json"), join(folder, "export.json"));
  await writeFile(join(folder, "test_image1.jpg"), png(4, 500, 320));
  return folder;
}

async function kept(path: string, bytes: Buffer): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

/** A zip archive of files stored as they are: PKWARE's APPNOTE 4.3, without compression. */
export function zip(entries: readonly (readonly [string, Buffer])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, bytes] of entries) {
    const name = Buffer.from(path, "utf8");
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x800, 2);
    facts.writeUInt16LE(0x21, 8);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), facts, name, bytes]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002", "latin1"), Buffer.from([20, 0]), facts, place, name]));
    parts.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from("PK\u0005\u0006", "latin1"), end]);
}
