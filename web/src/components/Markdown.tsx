import type { ReactNode } from "react";
import css from "./Markdown.module.css";

/**
 * The part of Markdown that cards and instructions use: headings, paragraphs, lists, quotes, tables, bold, emphasis and code. Text becomes elements and
 * never markup, so nothing in it can run; links are shown with their address and open apart.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={css.text} dir="auto">
      {blocksOf(text).map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text have no other identity
        <BlockView key={i} block={block} />
      ))}
    </div>
  );
}

export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph" | "quote" | "code"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] }
  | { kind: "table"; rows: string[][] };

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? "";
    const take = (test: RegExp) => {
      const some: string[] = [];
      while (i < lines.length && test.test(lines[i] ?? "")) some.push(lines[i++] ?? "");
      return some;
    };
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === "") i++;
    else if (heading) {
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" });
      i++;
    } else if (line.startsWith("```")) {
      i++;
      const body = take(/^(?!```)/);
      i++;
      blocks.push({ kind: "code", text: body.join("\n") });
    } else if (line.startsWith(">")) {
      blocks.push({
        kind: "quote",
        text: take(/^>/)
          .map(each => each.replace(/^>\s?/, ""))
          .join(" "),
      });
    } else if (/^\s*\|/.test(line)) {
      const rows = take(/^\s*\|/).map(each => cellsOf(each));
      blocks.push({ kind: "table", rows: rows.filter(cells => !cells.every(cell => /^:?-{2,}:?$/.test(cell))) });
    } else if (/^\s*(?:[-*]|\d+\.)\s/.test(line)) {
      const ordered = /^\s*\d/.test(line);
      const items: string[] = [];
      for (const each of take(/^(?:\s*(?:[-*]|\d+\.)\s|\s{2,}\S)/)) {
        const item = /^\s*(?:[-*]|\d+\.)\s+(.*)$/.exec(each);
        if (item) items.push(item[1] ?? "");
        else items.push(`${items.pop() ?? ""} ${each.trim()}`);
      }

      blocks.push({ kind: "list", ordered, items });
    } else {
      blocks.push({ kind: "paragraph", text: take(/^(?!\s*$|#{1,6}\s|```|>|\s*\||\s*(?:[-*]|\d+\.)\s)/).join(" ") || (lines[i++] ?? "") });
    }
  }

  return blocks;
}

const cellsOf = (row: string) =>
  row
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map(cell => cell.trim());

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return block.level === 1 ? <h3 className={css.first}>{inline(block.text)}</h3> : <h3>{inline(block.text)}</h3>;
    case "paragraph":
      return <p>{inline(block.text)}</p>;
    case "quote":
      return <blockquote>{inline(block.text)}</blockquote>;
    case "code":
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const items = block.items.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items of one text have no other identity
        <li key={i}>{inline(item)}</li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return (
        <div className={css.scroll}>
          <table>
            <tbody>
              {block.rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of one text have no other identity
                <tr key={i}>
                  {row.map((cell, j) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells of one text have no other identity
                    <td key={j}>{inline(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

const marks = /(\*\*[^*]+\*\*|`[^`]+`|\*[^*\s][^*]*\*|\[[^\]]+\]\(https?:[^)\s]+\)|\\[\\`*_{}[\]()#+.!|<>-])/;

function inline(text: string): ReactNode[] {
  return text.split(marks).map((part, i) => {
    const link = /^\[([^\]]+)\]\((https?:[^)\s]+)\)$/.exec(part);
    if (link)
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line have no other identity
        <a key={i} href={link[2]} target="_blank" rel="noreferrer noopener">
          {link[1]}
        </a>
      );
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line have no other identity
    if (/^\*\*.+\*\*$/.test(part)) return <strong key={i}>{part.slice(2, -2)}</strong>;
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line have no other identity
    if (/^`.+`$/.test(part)) return <code key={i}>{part.slice(1, -1)}</code>;
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line have no other identity
    if (/^\*.+\*$/.test(part)) return <em key={i}>{part.slice(1, -1)}</em>;
    return /^\\.$/.test(part) ? part.slice(1) : part;
  });
}
