/** A part of a data set: its name and its share in percent, as they are typed. */
export interface Part {
  name: string;
  share: number | "";
}

export const usualParts: readonly Part[] = [
  { name: "train", share: 80 },
  { name: "val", share: 10 },
  { name: "test", share: 10 },
];

export type SplitFault = "few" | "name" | "share" | "sum";

/** What is wrong with the parts, the first thing first; null for nothing. */
export function faultOf(parts: readonly Part[]): SplitFault | null {
  const names = parts.map(part => part.name.trim());
  if (parts.length < 2) return "few";
  if (names.some(name => !/^[A-Za-z0-9_-]{1,40}$/.test(name)) || new Set(names).size < names.length) return "name";
  if (parts.some(part => !(Number(part.share) > 0))) return "share";
  return Math.abs(sumOf(parts) - 100) < 1e-5 ? null : "sum";
}

export const sumOf = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + Number(part.share), 0);

/** As the server takes them: shares of 1. */
export const splitOf = (parts: readonly Part[]): Record<string, number> =>
  Object.fromEntries(parts.map(part => [part.name.trim(), Number(part.share) / 100]));
