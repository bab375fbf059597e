import { review as m } from "../../messages/en/review";
import { CONSENSUS, DECISION } from "./sides";

type Keys = readonly (readonly [string, () => void])[];

/** What keys do at a side: to what it says of the point at hand, and to whether it is seen. */
export interface SideActs {
  take(side: string): void;
  solo(side: string): void;
  toggle(side: string): void;
}

/** Keys of sides: the decision, the consensus, and people in their order. */
export const sideKeys = (people: readonly { readonly id: string }[], acts: SideActs): Keys => [
  ["d", () => acts.toggle(DECISION)],
  ["shift+d", () => acts.solo(DECISION)],
  ...[CONSENSUS, ...people.slice(0, 9).map(({ id }) => id)].flatMap(
    (side, i): Keys => [
      [`${i}`, () => acts.take(side)],
      [`shift+${i}`, () => acts.solo(side)],
      [`alt+${i}`, () => acts.toggle(side)],
    ],
  ),
];

export const HELP = [
  { keys: ["n"], says: m.help.next },
  { keys: ["p"], says: m.help.previous },
  { keys: ["1–9"], says: m.help.take },
  { keys: ["0"], says: m.help.takeConsensus },
  { keys: ["x"], says: m.help.drop },
  { keys: ["shift+1–9"], says: m.help.solo },
  { keys: ["shift+0"], says: m.help.soloConsensus },
  { keys: ["alt+1–9"], says: m.help.toggle },
  { keys: ["alt+0"], says: m.help.toggleConsensus },
  { keys: ["d"], says: m.help.toggleDecision },
  { keys: ["a"], says: m.help.all },
  { keys: ["e", "f2"], says: m.help.mode },
  { keys: ["mod+enter"], says: m.help.accept },
  { keys: ["s"], says: m.help.sendBack },
  { keys: ["w"], says: m.help.withdraw },
  { keys: ["q"], says: m.help.queue },
  { keys: ["\\"], says: m.help.panel },
  { keys: ["?"], says: m.help.help },
];
