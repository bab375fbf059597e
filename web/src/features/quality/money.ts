/** What a time costs at so much an hour; null where one of the two is not known. */
export const costOf = (milliseconds: number | null, hour: number | null): number | null =>
  milliseconds === null || hour === null ? null : (milliseconds / 3_600_000) * hour;

/** An amount with its currency; small ones keep enough digits to say something. */
export function money(amount: number, currency: string): string {
  const digits = amount > 0 && amount < 0.1 ? 4 : 2;
  const text = new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount);
  return `${text.replaceAll(",", "\u202f")}\u202f${currency}`;
}
