import { corpora as m } from "../../messages/en/corpora";
import css from "./MarkedText.module.css";
import { piecesOf } from "./marks";
import type { Span } from "./server";

export type MarkTone = "found" | "lacking" | "extra";

/** The beginning of a document's text, as it is, with places marked. */
export function MarkedText({
  text,
  spans,
  isCut,
  tone = "found",
}: {
  text: string;
  spans: readonly Span[];
  isCut: boolean;
  tone?: MarkTone;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div className={css.text} dir="auto" tabIndex={0} data-tone={tone}>
      {piecesOf(text, spans).map(piece =>
        piece.isMarked ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>,
      )}
      {isCut && <span className={css.more}> {m.examples.goesOn}</span>}
    </div>
  );
}
