import type { Span } from "./server";

export interface Piece {
  at: number;
  text: string;
  isMarked: boolean;
}

/** A text taken apart at the ends of spans, in UTF-16 units; spans may overlap and come in any order. */
export function piecesOf(text: string, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const take = (end: number, isMarked: boolean) => {
    if (end > at) pieces.push({ at, text: text.slice(at, end), isMarked });
    at = Math.max(at, end);
  };
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    take(Math.min(span.start, text.length), false);
    take(Math.min(span.start + span.length, text.length), true);
  }
  take(text.length, false);
  return pieces;
}
