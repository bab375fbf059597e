import type { Report } from "./server";

export interface ReasonChange {
  step: string;
  reason: string;
  before: number;
  after: number;
}

/** Documents dropped by step and reason in two runs, the largest differences first. */
export function reasonsOf(before: Report, after: Report): ReasonChange[] {
  const rows = new Map<string, ReasonChange>();
  const add = (report: Report, side: "before" | "after") => {
    for (const step of report.steps) {
      for (const { reason, amount } of step.dropped) {
        const key = JSON.stringify([step.id, reason]);
        const row = rows.get(key) ?? { step: step.id, reason, before: 0, after: 0 };
        row[side] += amount.documents;
        rows.set(key, row);
      }
    }
  };
  add(before, "before");
  add(after, "after");
  return [...rows.values()].sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || b.after - a.after);
}

export interface ParameterChange {
  step: string;
  name: string;
  before: string | null;
  after: string | null;
}

/** Parameters that are not the same, step by step; a step is told from others of its name by its turn. */
export function parametersOf(before: Report, after: Report): ParameterChange[] {
  const [first, second] = [named(before), named(after)];
  const changes: ParameterChange[] = [];
  for (const step of new Set([...first.keys(), ...second.keys()])) {
    const [a, b] = [first.get(step), second.get(step)];
    if (!a || !b) changes.push({ step, name: "", before: a ? "" : null, after: b ? "" : null });
    for (const name of a && b ? new Set([...a.keys(), ...b.keys()]) : []) {
      const [x, y] = [a?.get(name) ?? null, b?.get(name) ?? null];
      if (x !== y) changes.push({ step, name, before: x, after: y });
    }
  }
  return changes;
}

function named(report: Report): Map<string, Map<string, string>> {
  const steps = new Map<string, Map<string, string>>();
  for (const step of report.steps) {
    let name = step.id;
    for (let turn = 2; steps.has(name); turn++) name = `${step.id} (${turn})`;
    steps.set(name, new Map(step.parameters.map(each => [each.name, each.value])));
  }
  return steps;
}
