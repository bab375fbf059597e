import { isRecord } from "../../api/client";

/** What is believed of a contributor before any audit: means over their questions. Null where nothing is known yet. */
export interface Believed {
  /** Of the things that are there, the share that they mark. */
  finds: number | null;
  /** Of the shapes that they draw, the share that nothing is behind. */
  invents: number | null;
  /** Of choices, the share that they get right. */
  chooses: number | null;
}

export function believedOf(reliability: unknown): Believed | null {
  if (!isRecord(reliability)) return null;
  const marking = isRecord(reliability.marking) ? Object.values(reliability.marking).filter(isRecord) : [];
  const choices = isRecord(reliability.choices) ? Object.values(reliability.choices).filter(isRecord) : [];
  if (marking.length === 0 && choices.length === 0) return null;
  return { finds: mean(marking, "detection_rate"), invents: mean(marking, "spurious_rate"), chooses: mean(choices, "accuracy") };
}

function mean(rows: readonly Record<string, unknown>[], member: string): number | null {
  const values = rows.map(row => row[member]).filter(value => typeof value === "number");
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
