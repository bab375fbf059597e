const marks: Record<string, string> = {
  box: "boxes",
  rotated_box: "rotated boxes",
  polygon: "polygons",
  polygons: "polygons of several rings",
  polyline: "lines",
  keypoints: "keypoints",
  ellipse: "ellipses",
  mask: "masks",
  cuboid: "cuboids",
  text_span: "text spans",
};
const carried: Record<string, string> = {
  scores: "scores",
  tracks: "tracks",
  keyframes: "keyframes",
  contributors: "who labelled",
  predictions: "predictions",
  skips: "skips",
  times: "times",
  relations: "relations",
  empty_samples: "pictures without objects",
  sizes: "sizes of pictures",
  splits: "parts",
  classes: "lists of classes",
  object_ids: "ids of objects",
  drafts: "drafts",
  gold: "gold",
  reviews: "reviews",
  facts: "facts",
  several_marks: "several shapes of one object",
};
const evidence = {
  other_programs: "Tested on files of other programs",
  specification: "Tested on the examples of its specification",
  own_files: "Tested on its own files only",
};

/** Formats of other tools, where labels come from them and go to them. */
export const formats = {
  mark: (kind: string) => marks[kind] ?? kind.replaceAll("_", " "),
  marks: (kinds: readonly string[]) => kinds.map(kind => marks[kind] ?? kind.replaceAll("_", " ")).join(", "),
  attributes: (which: string) => (which === "any" ? "attributes" : which === "some" ? "some attributes" : ""),
  carries: (what: readonly string[]) => what.map(each => carried[each] ?? each.replaceAll("_", " ")).join(", "),
  beside: (what: string) => (what ? `Beside them: ${what}` : "Nothing beside them"),
  evidence: (of: keyof typeof evidence) => evidence[of] ?? "",
  search: "Search formats",
  noneFound: "No format fits these words.",
  loading: "Loading the formats",
  losses: "What will be lost",
  lost: "What was left out",
  lossKind: "What",
  lossCount: "How often",
  lossMeans: "What becomes of it",
  nothingLost: "Nothing is lost: everything is carried as it stands.",
};

const lossHeads: Record<string, string> = {
  attribute: "Attribute",
  answer: "Answers to",
  class: "Objects of the class",
  input: "Inputs of the kind",
};
const lossKinds: Record<string, string> = {
  size: "Sizes of pictures",
  empty_input: "Pictures without objects",
  several_annotators: "What more than one said",
  gold: "That labels are known truth",
  contributor: "Who labelled",
  time: "When, and how long it took",
  review: "What reviewers decided",
  relation: "Relations between objects",
  several_marks: "Several shapes of one object",
  facts: "Other facts about pictures",
  score: "Scores",
  track: "Tracks",
  keyframe: "Keyframes",
  prediction: "Predictions",
  draft: "Drafts",
  skipped: "Skips",
  skip: "Skips",
  clipped: "Parts of shapes beyond the picture",
  outside: "What lies outside",
  refused_shape: "Shapes against the rules",
};

/** geometry:polygon → "Polygons"; attribute:occluded → "Attribute “occluded”". */
export function lossName(kind: string): string {
  const [head = kind, ...rest] = kind.split(":");
  const tail = rest.join(":");
  const plain = lossKinds[head] ?? head.replaceAll("_", " ");
  const text = head === "geometry" ? formats.mark(tail) : tail ? `${lossHeads[head] ?? plain} “${tail}”` : plain;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
