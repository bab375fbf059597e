import { expect, test } from "vitest";
import { parametersOf, reasonsOf } from "./comparison";
import type { Report } from "./server";

const report = (...steps: { id: string; dropped: Record<string, number>; parameters?: Record<string, string> }[]) =>
  ({
    steps: steps.map(step => ({
      id: step.id,
      parameters: Object.entries(step.parameters ?? {}).map(([name, value]) => ({ name, value })),
      dropped: Object.entries(step.dropped).map(([reason, documents]) => ({
        reason,
        amount: { documents, words: 0, characters: 0, bytes: null },
      })),
    })),
  }) as unknown as Report;

test("reasons of either run stand beside each other, the largest difference first", () => {
  const changes = reasonsOf(
    report({ id: "q", dropped: { short: 5, long: 9 } }),
    report({ id: "q", dropped: { short: 25 } }, { id: "r", dropped: { short: 1 } }),
  );
  expect(changes).toEqual([
    { step: "q", reason: "short", before: 5, after: 25 },
    { step: "q", reason: "long", before: 9, after: 0 },
    { step: "r", reason: "short", before: 0, after: 1 },
  ]);
});

test("parameters are compared step by step, and a step that only one run has is told", () => {
  const before = report(
    { id: "q", dropped: {}, parameters: { words: "5", off: "1" } },
    { id: "q", dropped: {}, parameters: { words: "7" } },
  );
  const after = report({ id: "q", dropped: {}, parameters: { words: "9" } }, { id: "r", dropped: {} });
  expect(parametersOf(before, after)).toEqual([
    { step: "q", name: "words", before: "5", after: "9" },
    { step: "q", name: "off", before: "1", after: null },
    { step: "q (2)", name: "", before: "", after: null },
    { step: "r", name: "", before: null, after: "" },
  ]);
  expect(parametersOf(before, before)).toEqual([]);
});
