import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const source = join(import.meta.dirname, "..");
/** What people read or hear. */
const spoken = new Set(["label", "title", "placeholder", "description", "aria-label", "alt", "aria-description"]);

test("every word on a page comes from the catalogue", async () => {
  const found: string[] = [];
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".tsx") || entry.name.includes(".test.")) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const file = ts.createSourceFile(path, await readFile(path, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
    const visit = (node: ts.Node): void => {
      const words = ts.isJsxText(node)
        ? node.text
        : ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)
          ? node.initializer.text
          : "";
      // Names of algorithms and keys are no words of a language.
      if (/\p{L}{2}/u.test(words) && !/^\s*(?:SHA-256|Enter)\s*$/.test(words))
        found.push(`${path.slice(source.length + 1)}: ${words.trim()}`);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }

  expect(found).toEqual([]);
});
