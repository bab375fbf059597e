import type { Schemas } from "../../api/client";
import {
  type AnswerValue,
  indexOntology,
  type JsonValue,
  type Ontology,
  type OntologyIndex,
  readAnswers,
  type Shape,
  type ShapeLayer,
  type Size,
  wireId,
} from "../../engine";

export type ReviewLease = Schemas["ReviewLeaseBody"];

/** The consensus as a side beside the responses. */
export const CONSENSUS = "consensus";

/** What one person said, or what the engine makes of all of them. */
export interface Side {
  /** The response's id, or CONSENSUS. */
  readonly id: string;
  /** A, B, C ... */
  readonly letter: string;
  /** A name for those who may know it; else null. */
  readonly name: string | null;
  readonly simulated: boolean;
  readonly isCorrection: boolean;
  readonly colour: string;
  readonly shapes: readonly Shape[];
  readonly answers: Readonly<Record<string, AnswerValue>>;
}

/** A case as the page works with it. */
export interface Case {
  readonly lease: ReviewLease;
  readonly ontology: OntologyIndex;
  readonly size: Size;
  /** The consensus first, where there is one, then the responses. */
  readonly sides: readonly Side[];
  /** Objects that the consensus leaves out, as it would have them. */
  readonly rejected: readonly Shape[];
}

/**
 * Colours of people: far from each other also for those who see red and green, or blue and yellow, alike, and on light and dark pictures. A letter
 * stands beside each wherever it is used.
 */
export const PEOPLE_COLOURS = ["#56b4e9", "#e69f00", "#cc79a7", "#009e73", "#f0e442", "#8a7dff", "#d55e00", "#9aa5ad"] as const;

/** Of the consensus, over pictures. */
export const CONSENSUS_COLOUR = "#ffffff";

export const sizeOf = (lease: ReviewLease): Size => {
  const [input] = lease.inputs;
  return input ? { width: input.width, height: input.height } : { width: 1, height: 1 };
};

export function caseOf(lease: ReviewLease, ontology: Ontology): Case {
  const index = indexOntology(ontology);
  const size = sizeOf(lease);
  const read = (answers: unknown) => readAnswers(index, size, answers as JsonValue).scene;
  const consensus = lease.consensus;
  const sides: Side[] = lease.responses.map((response, i) => {
    const scene = read(response.answers);
    return {
      id: response.response,
      letter: response.letter,
      name: response.contributor?.display_name ?? null,
      simulated: response.contributor?.simulated ?? false,
      isCorrection: response.is_correction,
      colour: PEOPLE_COLOURS[i % PEOPLE_COLOURS.length] as string,
      shapes: scene.shapes,
      answers: scene.answers,
    };
  });
  if (consensus) {
    const { shapes, answers } = read(consensus.answers);
    const shared = { letter: "", name: null, simulated: false, isCorrection: false };
    sides.unshift({ id: CONSENSUS, ...shared, colour: CONSENSUS_COLOUR, shapes, answers });
  }
  return { lease, ontology: index, size, sides, rejected: consensus ? read(consensus.detail.rejected_answers).shapes : [] };
}

export const sideOf = (of: Case, id: string): Side | undefined => of.sides.find(side => side.id === id);

export const peopleOf = (of: Case): readonly Side[] => of.sides.filter(side => side.id !== CONSENSUS);

/** A side's shape by the id that it has in the answers. */
export const shapeIn = (shapes: readonly Shape[], question: string, id: string): Shape | undefined =>
  shapes.find(shape => shape.question === question && wireId(shape) === id);

/** Which sides are seen. Looking at one alone does not forget what was seen before. */
export interface Sight {
  readonly off: ReadonlySet<string>;
  /** The one side, or DECISION, that is seen alone. */
  readonly solo: string | null;
}

/** What the reviewer decides: the scene that is edited. */
export const DECISION = "decision";

export const ALL_SEEN: Sight = { off: new Set([CONSENSUS]), solo: null };

export const isSeen = ({ off, solo }: Sight, id: string): boolean => (solo === null ? !off.has(id) : solo === id);

export function toggled(sight: Sight, id: string): Sight {
  // What is switched while one is seen alone is switched from what is seen.
  const off = new Set(sight.off);
  if (isSeen(sight, id)) off.add(id);
  else off.delete(id);
  return { off, solo: null };
}

export const soloed = (sight: Sight, id: string): Sight => ({ ...sight, solo: sight.solo === id ? null : id });

/** Responses as outlines, so that the picture stays to be seen; while one point is looked at the others step back. */
export const layersOf = (of: Case, sight: Sight, stepBack = false): readonly ShapeLayer[] =>
  of.sides.map(side => ({
    id: side.id,
    colour: side.colour,
    opacity: stepBack ? 0.4 : 1,
    dashed: true,
    filled: false,
    visible: isSeen(sight, side.id),
    shapes: side.shapes,
  }));
