import type { Dataset, Format, Found, ImportAs, Plan, Report } from "./server";

/** A class of the project's ontology, as far as labels are mapped onto it. */
export interface OwnClass {
  id: string;
  title: string;
}

/** What is done with a data set if nobody says otherwise: read as what it surely is, nothing mapped by hand. */
export function firstPlan(found: Pick<Found, "format" | "place">): Plan {
  return { format: found.format, place: found.place, as: "responses", classes: {}, contributors: {} };
}

/** The plan of the last job, without what it leaves unsaid. */
export function planOf({ plan }: Pick<Dataset, "plan">): Plan | null {
  if (!plan) return null;
  return {
    format: plan.format,
    place: plan.place,
    as: plan.as ?? "responses",
    classes: plan.classes ?? {},
    contributors: (plan.contributors ?? {}) as Record<string, string | null>,
    ...(plan.as === "prelabels" ? { prelabels_from: plan.prelabels_from ?? "predictions" } : {}),
    ...(plan.whole ? { whole: true } : {}),
    ...(plan.voc_from_zero ? { voc_from_zero: true } : {}),
    ...(plan.class_names?.length ? { class_names: plan.class_names } : {}),
    ...(plan.assumed_size ? { assumed_size: plan.assumed_size } : {}),
  };
}

/** Another reading of the same files: what was mapped from the old one means nothing in it. */
export function readAs(plan: Plan | null, found: Pick<Found, "format" | "place">): Plan {
  if (plan && plan.format === found.format && plan.place === found.place) return plan;
  return { ...firstPlan(found), as: plan?.as ?? "responses" };
}

/** Whether a report tells of this very plan. A class that stands in none of the two mappings is matched in the same way by both. */
export function isOf(plan: Plan | null, other: Plan | null): boolean {
  return plan !== null && other !== null && JSON.stringify(ordered(plan)) === JSON.stringify(ordered(other));
}

function ordered(plan: Plan): unknown {
  const sorted = (map: Record<string, string | null>) => Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    plan.format,
    plan.place,
    plan.as,
    plan.as === "prelabels" ? (plan.prelabels_from ?? "predictions") : null,
    plan.as === "responses" && (plan.whole ?? false),
    sorted(plan.classes),
    sorted(plan.contributors),
    plan.voc_from_zero ?? false,
    plan.class_names ?? [],
    plan.assumed_size?.width_px ?? 0,
    plan.assumed_size?.height_px ?? 0,
  ];
}

/** Where a foreign name goes: as somebody said, else as the server matched it. */
export function targetOf(map: Record<string, string | null>, row: { name: string; target: string | null }): string | null {
  return Object.hasOwn(map, row.name) ? (map[row.name] ?? null) : row.target;
}

/** The plan with one foreign name sent somewhere; what the server would do by itself need not be said. */
export function mapped(
  plan: Plan,
  kind: "classes" | "contributors",
  row: { name: string; target: string | null },
  target: string | null,
): Plan {
  return { ...plan, [kind]: { ...plan[kind], [row.name]: target } };
}

/**
 * Proposals for classes that the server did not match by id or title: the same word in another writing, in the plural, or as another well-known list
 * calls it. They are told apart from matches, and nothing is mapped by them that somebody has decided already.
 */
export function withProposals(plan: Plan, report: Report, own: readonly OwnClass[]): Plan {
  const proposed: Record<string, string> = {};
  for (const row of report.classes) {
    if (row.target !== null || Object.hasOwn(plan.classes, row.name)) continue;
    const proposal = propose(row.name, own);
    if (proposal) proposed[row.name] = proposal;
  }

  return Object.keys(proposed).length === 0 ? plan : { ...plan, classes: { ...proposed, ...plan.classes } };
}

/** PASCAL VOC's and KITTI's names of what COCO names otherwise. */
const alike: readonly (readonly string[])[] = [
  ["person", "pedestrian", "people", "human"],
  ["motorcycle", "motorbike"],
  ["airplane", "aeroplane", "plane"],
  ["bicycle", "bike", "cycle"],
  ["tv", "tvmonitor", "television"],
  ["couch", "sofa"],
  ["pottedplant", "plant"],
  ["diningtable", "table"],
  ["car", "automobile"],
  ["truck", "lorry"],
];

export function propose(name: string, own: readonly OwnClass[]): string | null {
  const words = wordsFor(name);
  for (const word of words) {
    const found = own.find(each => plain(each.id) === word || plain(each.title) === word);
    if (found) return found.id;
  }

  return null;
}

/** The name as it may be written elsewhere, the likeliest first. */
function wordsFor(name: string): string[] {
  const whole = plain(name);
  // Some lists write a path, vehicle.car or vehicle/car: its last part says what it is.
  const last = plain(name.split(/[./:]/).at(-1) ?? "");
  const singular = [whole, last].flatMap(word => [word.replace(/(?<!s)s$/, ""), word.replace(/es$/, "")]);
  const direct = [whole, last, ...singular, `${whole}s`].filter(word => word.length > 1);
  const others = alike.filter(group => group.some(word => direct.includes(word))).flat();
  return [...new Set([...direct, ...others])];
}

const plain = (text: string) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** What a data set most likely is for: what people said are responses, known answers are for gold, and with what only models said work begins. */
export function likelyAs(report: Report): ImportAs {
  const { annotation = 0, gold = 0, prediction = 0 } = report.opinions;
  if (annotation > 0) return "responses";
  if (gold > 0) return "gold";
  return prediction > 0 ? "prelabels" : "tasks";
}

/** The plan with labels taken as something else; proposals come from models where there are any. */
export function takenAs(plan: Plan, as: ImportAs, report: Report): Plan {
  const { prelabels_from: from, ...rest } = plan;
  if (as !== "prelabels") return { ...rest, as };
  return { ...rest, as, prelabels_from: from ?? ((report.opinions.prediction ?? 0) > 0 ? "predictions" : "annotations") };
}

/** Whether there is anything beside answers that could come in with them. */
export const hasBesides = ({ opinions }: Pick<Report, "opinions">): boolean =>
  (opinions.prediction ?? 0) + (opinions.draft ?? 0) + (opinions.skipped ?? 0) > 0;

/** The classes that matter most stand first; of two as frequent ones the one that the files name first. */
export const frequentFirst = <T extends { objects: number }>(classes: readonly T[]): T[] =>
  classes.toSorted((a, b) => b.objects - a.objects);

/** Objects of classes that nothing here stands for. */
export function leftOut(plan: Plan, report: Report): { classes: number; objects: number } {
  const rows = report.classes.filter(row => targetOf(plan.classes, row) === null);
  return { classes: rows.length, objects: rows.reduce((sum, row) => sum + row.objects, 0) };
}

/** What may be told about a format's files that they do not say themselves. */
export function detailsOf(format: string): { zero: boolean; names: boolean; size: boolean } {
  return {
    zero: format === "voc",
    names: format.startsWith("yolo"),
    size: ["yolo", "yolo-darknet", "openimages", "coco-results", "scale", "kitti", "kitti-tracking"].includes(format),
  };
}

export const steps = ["files", "contents", "mapping", "import"] as const;
export type Step = (typeof steps)[number];

/** Which steps make sense as things stand. */
export function reachable(dataset: Dataset | undefined, uploading: boolean): readonly Step[] {
  if (!dataset) return ["files"];
  const hasRead = dataset.survey !== null || dataset.imported !== null;
  if (uploading || dataset.files === 0) return ["files"];
  if (!hasRead) return ["files", "contents"];
  return steps;
}

/** The step that somebody comes back to who did not say which. */
export function stepOf(dataset: Dataset | undefined, uploading: boolean, asked: string | null): Step {
  const may = reachable(dataset, uploading);
  const wanted = may.find(step => step === asked);
  if (wanted) return wanted;
  if (dataset?.job?.kind === "import_dataset") return "import";
  return may.includes("contents") ? "contents" : "files";
}

const known = ["coco", "yolo", "cvat", "voc", "label-studio", "kitti", "openlabel", "datumaro", "labelme"];

/** Those that most people look for stand first. */
export function knownFirst<T extends Pick<Format, "id">>(formats: readonly T[]): T[] {
  const rank = (format: T) => (known.includes(format.id) ? known.indexOf(format.id) : known.length);
  return formats.toSorted((a, b) => rank(a) - rank(b));
}

/** Formats by a few words of their name, or of what they carry. */
export function searchFormats<T extends Pick<Format, "id" | "name" | "marks" | "carries">>(formats: readonly T[], words: string): T[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  return formats.filter(format => {
    const text = [format.id, format.name, ...format.marks, ...format.carries].join(" ").toLowerCase().replaceAll("_", " ");
    return asked.every(word => text.includes(word));
  });
}
