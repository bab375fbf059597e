/** Maps numbers of a domain to places on a line. */
export type Scale = (value: number) => number;

/** A straight scale; a domain without extent lies in the middle of the range. */
export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const extent = to - from;
  return extent === 0 ? () => (start + end) / 2 : value => start + ((value - from) / extent) * (end - start);
}

/** Round numbers between two ends, about as many as asked for: steps of 1, 2 or 5 times a power of ten. */
export function ticks(from: number, to: number, about = 5): number[] {
  if (!(to > from) || !Number.isFinite(to - from)) return [from];
  const step = stepOf((to - from) / Math.max(about, 1));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Counted in steps, so that no error adds up: 0.3 and not 0.30000000000000004.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function stepOf(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}

/** Whole numbers alone: counts have no halves. */
export const wholeTicks = (to: number, about = 4): number[] => [...new Set(ticks(0, Math.max(to, 1), about).filter(Number.isInteger))];

/** Where a scale of shares begins: at zero, or at the next round share below where everything lies near to one. */
export const shareStart = (least: number): number =>
  [0.9, 0.75, 0.5].find(start => least >= start) ?? Math.min(0, Math.floor(least * 5) / 5);
