import { plural } from "../../components/format";

export const audits = {
  draw: "Draw an audit",
  drawNow: (count: string) => `Draw ${plural(count, "task", "tasks")}`,
  explain:
    "A random sample of done tasks goes into the queue again, to be judged by reviewers who had no part in them. It looks like any other work, so nobody can answer it with more care than usual.",
  planTitle: "How many does it take?",
  atLeast: "At least, %",
  withConfidence: "With confidence, %",
  planning: "Computing",
  take: (count: string) => `Take ${count}`,
  size: "Tasks to judge",
  of: (done: string) => `of ${done} done`,
  ofDrawn: (drawn: string) => `of the ${drawn} drawn`,
  halfWidth: (half: string) => `An accuracy near 90 % would be known to about ± ${half}, more if errors come together in pictures.`,
  strata: "How it is drawn",
  strataOf: {
    none: "At random from all",
    class_and_confidence: "By class and confidence",
  } as Readonly<Record<string, string>>,
  strataHelp: {
    none: "Each done task has the same chance.",
    class_and_confidence: "What errs more often is looked at more often, and weighted back: the same certainty from fewer tasks.",
  } as Readonly<Record<string, string>>,
  twice: "Judged twice, %",
  twiceHelp: "Two reviewers who do not see each other’s answers: tells how far auditors err themselves, and widens the interval by it.",
  auditors: (count: number) =>
    count === 0
      ? "Nobody could judge it yet: it takes a reviewer."
      : count === 1
        ? "One reviewer could judge it; a second judgement comes only when another joins."
        : `${count} reviewers could judge it.`,
  parts: "Parts of the audit",
  part: "Part",
  done: "Done tasks",
  drawn: "Drawn",
  judged: "Judged",
  judgedTwice: (judged: string, of: string) => `${judged} of ${of} judged twice`,
  showParts: "Parts",
  twiceShort: (count: string) => `${count} by two`,
};
