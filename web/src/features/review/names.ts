import { review as m } from "../../messages/en/review";
import { CONSENSUS, type Side } from "./sides";

/** A name for those who may know it; for the others a letter, which means nothing beyond this case. */
export function sideName(side: Side): string {
  if (side.id === CONSENSUS) return m.consensus;
  return side.name === null ? m.person(side.letter) : m.named(side.letter, side.name);
}

export const shortName = (side: Side): string => (side.id === CONSENSUS ? m.consensus : side.letter);
