import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, Scalar, type YAMLMap } from "yaml";

/**
 * One text is the model: a project file or an ontology in YAML. Forms show what it says and change it in place, so text and forms are equal at every
 * moment, and comments and order that somebody wrote stay.
 */
export type Path = readonly (string | number)[];

export interface ReadText {
  /** What the text says; null while it cannot be read. */
  value: unknown;
  /** Why it cannot be read. */
  faults: readonly { line: number; column: number; text: string }[];
}

const parse = (text: string, lines?: LineCounter): Document.Parsed =>
  parseDocument(text, { version: "1.2", schema: "core", keepSourceTokens: false, ...(lines ? { lineCounter: lines } : {}) });

export function readText(text: string): ReadText {
  const lines = new LineCounter();
  const document = parse(text, lines);
  if (document.errors.length > 0) {
    return {
      value: null,
      faults: document.errors.map(error => {
        const place = lines.linePos(error.pos[0]);
        return { line: place.line, column: place.col, text: error.message.split("\n")[0]?.replace(/ at line \d+.*$/, "") ?? "" };
      }),
    };
  }

  return { value: document.toJS() as unknown, faults: [] };
}

/** The text with one thing set; nothing takes it out, and what is empty after that stays empty. */
export function setIn(text: string, path: Path, value: unknown): string {
  return change(text, document => {
    if (value === undefined) document.deleteIn(path);
    else {
      const present = document.getIn(path, true);
      const node = nodeOf(document, value);
      // A word is changed where it stands, so that a comment beside it stays.
      if (isScalar(present) && isScalar(node)) Object.assign(present, { value: node.value, type: node.type });
      else document.setIn(path, node);
    }
  });
}

/** The text with an item added at the end of a list, which is made where there is none. */
export function append(text: string, path: Path, value: unknown): string {
  return change(text, document => {
    if (isSeq(document.getIn(path, true))) document.addIn(path, nodeOf(document, value));
    else document.setIn(path, nodeOf(document, [value]));
  });
}

/** The text with an item of a list moved to another place; beyond the ends nothing happens. */
export function move(text: string, list: Path, from: number, to: number): string {
  return change(text, document => {
    const node = document.getIn(list, true);
    if (!isSeq(node) || to < 0 || to >= node.items.length) return;
    const [item] = node.items.splice(from, 1);
    node.items.splice(to, 0, item);
  });
}

/** The line, from 1, on which a JSON pointer's value begins; of what is missing, its owner's. */
export function lineOf(text: string, pointer: string): number {
  const lines = new LineCounter();
  const document = parse(text, lines);
  const path = pointer
    .split("/")
    .slice(1)
    .map(step => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  for (let length = path.length; length >= 0; length--) {
    const node = keyOrValue(document, path.slice(0, length));
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }

  return 1;
}

function keyOrValue(document: Document, path: string[]): unknown {
  const owner =
    path.length === 0 ? document.contents : path.length === 1 ? document.contents : document.getIn(path.slice(0, -1).map(stepOf), true);
  const last = path.at(-1);
  if (last === undefined) return owner;
  if (isMap(owner)) return (owner as YAMLMap).items.find(pair => isScalar(pair.key) && String(pair.key.value) === last)?.key;
  return isSeq(owner) ? owner.items[Number(last)] : undefined;
}

const stepOf = (step: string) => (/^\d+$/.test(step) ? Number(step) : step);

function change(text: string, edit: (document: Document) => void): string {
  const document = parse(text);
  if (document.errors.length > 0) return text;
  edit(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Longer text is written as a block, as people write it; lists of words stay on one line. */
function nodeOf(document: Document, value: unknown): unknown {
  const node = document.createNode(value);
  if (isScalar(node) && typeof value === "string" && value.includes("\n")) (node as Scalar).type = Scalar.BLOCK_LITERAL;
  if (isSeq(node) && node.items.every(isScalar)) node.flow = true;
  return node;
}
