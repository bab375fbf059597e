import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A real photograph with the boxes that its data set states. */
export interface Photo {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly {
    readonly name: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

const folder = process.env.TOUCHSTONE_TEST_DATA && join(process.env.TOUCHSTONE_TEST_DATA, "driving", "voc_street");

/** Whether the photographs are at hand. Where tests must not be passed over (CI=true) their absence is a failure. */
export function hasPhotos(): boolean {
  if (folder && existsSync(folder)) return true;
  if (process.env.CI === "true") throw new Error("TOUCHSTONE_TEST_DATA does not hold driving/voc_street, which this test needs.");
  return false;
}

export const WITHOUT_PHOTOS = "Set TOUCHSTONE_TEST_DATA to the folder of the reference data: driving/voc_street is needed.";

/** 16 street photographs of PASCAL VOC. */
export async function photos(): Promise<readonly Photo[]> {
  if (!folder) throw new Error(WITHOUT_PHOTOS);
  const files = (await readdir(join(folder, "annotations_voc"))).filter(name => name.endsWith(".xml")).sort();
  return Promise.all(files.map(async file => photoOf(file.slice(0, -4), await readFile(join(folder, "annotations_voc", file), "utf8"))));
}

function photoOf(name: string, xml: string): Photo {
  const number = (text: string, tag: string) => Number(new RegExp(`<${tag}>\\s*([\\d.]+)\\s*</${tag}>`).exec(text)?.[1] ?? Number.NaN);
  const boxes = [...xml.matchAll(/<object>([\s\S]*?)<\/object>/g)].map(([, object = ""]) => {
    // The data set counts pixels from 1 and includes the last.
    const [left, top, right, bottom] = ["xmin", "ymin", "xmax", "ymax"].map(tag => number(object, tag)) as [number, number, number, number];
    const named = /<name>([^<]+)<\/name>/.exec(object)?.[1] ?? "";
    return { name: named, x: left - 1, y: top - 1, width: right - left + 1, height: bottom - top + 1 };
  });
  return { name, path: join(folder as string, "images", `${name}.jpg`), width: number(xml, "width"), height: number(xml, "height"), boxes };
}
