import { plural } from "../../components/format";

const figures: Record<string, readonly [string, string]> = {
  accuracy: ["Accuracy", "of all things released or true, right in place and class"],
  precision: ["Precision", "of the released shapes, right ones"],
  recall: ["Recall", "of the true things, found ones"],
  mean_iou: ["Mean IoU", "overlap of right shapes with the true ones"],
  choice_accuracy: ["Choices", "of whole pictures, right ones"],
  attribute_accuracy: ["Attributes", "of right shapes, right ones"],
};
const origins: Record<string, string> = {
  human: "by people",
  model: "with a model's part",
  simulated: "by simulated contributors",
  gold: "known before",
};
const decisions: Record<string, string> = {
  accept: "accepted it",
  edit: "answered otherwise",
  send_back: "sent it back",
  withdraw: "set it aside",
  reopen: "put it into review again",
  keep: "took the doubt back",
};

/** Sentences of a release name figures and classes by the words of its files; people read their titles. */
function caveat({ code, message }: { code: string; message: string }, classes: ReadonlyMap<string, { title: string }>): string {
  const [head, list, tail] = message.split(/(?<=: )(.+?)(?=\.(?: |$))/) as [string, string?, string?];
  if (!list) return message;
  if (code === "few_errors")
    return `${head}${list
      .split(", ")
      .map(name => (figures[name]?.[0] ?? name).toLowerCase().replace("iou", "IoU"))
      .join(", ")}${tail}`;
  if (code === "small_classes")
    return `${head}${list.replace(/(^|, )(\S+)(?= \()/g, (_, comma: string, id: string) => comma + (classes.get(id)?.title ?? id))}${tail}`;
  return message;
}

export const releases = {
  caveat,
  title: "Releases",
  one: "Release",
  number: (number: number) => `Release ${number}`,
  loading: "Loading releases",
  empty: "No release yet",
  emptyText:
    "A release is an immutable set of all accepted labels with its assay: a measured accuracy with its interval, what that does not know, and the lineage of every label. Anyone can check it again, offline.",
  publish: "Publish a release",
  publishText: (done: string) =>
    `${done === "1" ? "Takes the one done task as it stands" : `Takes all ${done} done tasks as they stand`} now. It never changes afterwards.`,
  publishNow: "Publish",
  willMeasure: (judged: string) => `Its accuracy will be measured on ${plural(judged, "audited task", "audited tasks")}.`,
  notMeasured: "No audited task has been judged, so its accuracy will not be known. Draw an audit on the project's page to measure it.",
  acceptUnassayed: "Publish without a measured accuracy",
  acceptUnassayedText: "The card then says first of all that nobody measured it.",
  copyImages: "Copy the pictures into the release",
  copyImagesText: "Otherwise they are named by their SHA-256.",
  licence: "Licence",
  licenceText: "Terms under which it is given, as they shall stand in the card",
  states: { building: "Building", failed: "Failed", measured: "Measured", unassayed: "Not measured" },
  building: "It is being built. This page follows.",
  failed: "It could not be built. Nothing was published.",
  holds: (labels: string, shapes: string) => `${plural(labels, "label", "labels")}, ${plural(shapes, "shape", "shapes")}`,
  unassayed: "Nobody measured how accurate it is",
  basis: (units: string, images: string) => `n = ${units} in ${plural(images, "picture", "pictures")}`,
  assay: "Assay",
  figure: (name: string) => figures[name]?.[0] ?? name,
  figureHelp: (name: string) => figures[name]?.[1] ?? "",
  scale: (from: string) => `Scale from ${from} to 100 %. The tick is the estimate, the band its 95 % interval.`,
  audit: (judged: string, sampled: string, population: string) =>
    `${judged} of ${sampled} tasks judged again, drawn at random from ${population} done ones.`,
  auditors: {
    title: "How far the auditors err",
    figure: "Figure",
    error: "Error of one auditor",
    differing: "Differing",
    asJudged: "As judged",
    widened: "Interval wider by",
    ends: (low: string, high: string) => `${low}–${high}`,
    of: (differing: string, twice: string) => `${differing} of ${twice}`,
    points: (value: string) => `${value} points`,
    note: "Estimated from what two auditors judged without seeing each other’s answers. The figures above have it taken out, and their intervals are as much wider.",
  },
  gold: "On gold",
  goldNote: "Gold is chosen and not drawn: these figures describe such tasks and say nothing certain of the release.",
  notKnown: "What it does not know",
  holdsTitle: "What it holds",
  counts: {
    labels: "Labels",
    images: "Pictures",
    shapes: "Shapes",
    responses: "Responses",
    by: (count: string) => `from ${plural(count, "contributor", "contributors")}`,
    reviewed: "Reviewed",
    edited: (count: string) => `${count} answered otherwise`,
    human: "By people",
    simulated: (count: string) => `${count} simulated`,
    model: (count: string) => `${count} with a model's part`,
    synthetic: (count: string) => plural(count, "drawn picture", "drawn pictures"),
  },
  none: "–",
  card: "Card",
  showCard: "Read the card",
  files: "Files",
  file: "File",
  size: "Size",
  andImages: (count: string) => `and ${plural(count, "picture", "pictures")}`,
  verify: "Unpack the download and run “touchstone verify FOLDER”: it computes all of this again, offline.",
  download: "Download",
  lineage: "Lineage of one label",
  lineageText: "Choose a label to see the responses that it rests on.",
  findLabel: "Find by the beginning of the task's name",
  noLabel: "No done task begins like this.",
  otherLabel: "Choose another label",
  shapes: "Shapes",
  origin: (origin: string) => origins[origin] ?? origin,
  marked: (shape: string, by: number, of: number) => `${shape}: marked in ${by} of ${of} responses`,
  restsOn: (count: number) => (count === 1 ? "Rests on one response" : `Rests on ${count} responses`),
  response: (contributor: string, origin: string) => `${contributor}, ${origins[origin] ?? origin}`,
  drawResponse: "Draw what this response said over the picture",
  reviewed: (decision: string, reviewer: string) => `Reviewer ${reviewer} ${decisions[decision] ?? decision}.`,
  pseudonyms: "Contributors have pseudonyms in a release, the same throughout it.",
};
