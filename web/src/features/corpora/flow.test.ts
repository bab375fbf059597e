import { describe, expect, test } from "vitest";
import { flowOf } from "./flow";

const steps = [
  {
    id: "a",
    note: "",
    dropped: [
      { reason: "x", count: 10 },
      { reason: "y", count: 40 },
    ],
  },
  { id: "b", note: "drops none", dropped: [] },
  { id: "c", note: "", dropped: [{ reason: "z", count: 50 }] },
];

describe("a flow", () => {
  test("narrows by what leaves it, the most first, and ends with what is left", () => {
    const flow = flowOf(100, steps, 200);
    expect(flow.bands.map(band => band.width)).toEqual([200, 100, 100, 0]);
    expect(flow.pieces.map(piece => [piece.reason, piece.from, piece.to])).toEqual([
      ["y", 120, 200],
      ["x", 100, 120],
      ["z", 0, 100],
    ]);
  });

  test("goes on without gaps and keeps its labels apart", () => {
    const flow = flowOf(100, steps, 200);
    for (const [i, band] of flow.bands.entries()) if (i > 0) expect(band.top).toBe(flow.bands[i - 1]?.end);
    const labels = flow.pieces.map(piece => piece.label);
    for (const [i, label] of labels.entries()) if (i > 0) expect(label - (labels[i - 1] ?? 0)).toBeGreaterThanOrEqual(16);
  });

  test("shows the least as a hair and survives an empty corpus", () => {
    const thin = flowOf(1_000_000, [{ id: "a", note: "", dropped: [{ reason: "x", count: 1 }] }], 200);
    expect(thin.pieces[0]?.end).toBe((thin.pieces[0]?.top ?? 0) + 1);
    expect(flowOf(0, steps.slice(1, 2), 200).bands.at(-1)?.width).toBe(0);
  });
});
