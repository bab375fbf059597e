export interface LengthBin {
  from: number;
  to: number;
  label: string;
  read: number;
  kept: number;
}

/** The bins that hold something, and those between them: none, 1, 2 to 3, 4 to 7 and so on. */
export function binsOf(read: readonly number[], kept: readonly number[]): LengthBin[] {
  const holds = (bin: number) => (read[bin] ?? 0) > 0 || (kept[bin] ?? 0) > 0;
  const filled = read.map((_, bin) => bin).filter(holds);
  const [first, last] = [filled[0] ?? 0, filled.at(-1) ?? -1];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).map(bin => ({
    from: bin === 0 ? 0 : 2 ** (bin - 1),
    to: bin === 0 ? 0 : 2 ** bin - 1,
    label: bin === 0 ? "0" : shortPower(bin - 1),
    read: read[bin] ?? 0,
    kept: kept[bin] ?? 0,
  }));
}

/** 2 to a power as people say it: 512, 1k, 64k, 1M. */
const shortPower = (power: number): string =>
  power < 10 ? String(2 ** power) : power < 20 ? `${2 ** (power - 10)}k` : `${2 ** (power - 20)}M`;
