/** Numbers and times as they are written everywhere: thin spaces between thousands and before units, relative times with the exact one on hover. */

const thin = "\u202f";
export const enDash = "–";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function count(value: number): string {
  return whole.format(value).replaceAll(",", thin);
}

/** "1 task", "2 tasks"; the number as it is shown. */
export function plural(shown: string, one: string, many: string): string {
  return `${shown} ${shown === "1" ? one : many}`;
}

/** 0.9812 → "98.1 %". Never "100 %" for less than all, never "0 %" for more than none. */
export function percent(share: number, digits = 1): string {
  const rounded = (share * 100).toFixed(digits);
  if (share < 1 && Number(rounded) === 100) return `>${thin}${(100 - 10 ** -digits).toFixed(digits)}${thin}%`;
  if (share > 0 && Number(rounded) === 0) return `<${thin}${(10 ** -digits).toFixed(digits)}${thin}%`;
  return `${rounded}${thin}%`;
}

/** 0.9812 → "98.1", for ends of intervals whose unit stands elsewhere. */
export function points(share: number, digits = 1): string {
  return (share * 100).toFixed(digits);
}

const units = ["B", "kB", "MB", "GB", "TB"] as const;

export function bytes(value: number): string {
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }

  return `${unit === 0 || size >= 100 ? size.toFixed(0) : size.toFixed(1)}${thin}${units[unit] ?? ""}`;
}

/** 42 s, 3 min 20 s, 2 h 5 min, 3 d 4 h. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds}${thin}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}${thin}min` : `${minutes}${thin}min ${seconds % 60}${thin}s`;
  if (minutes < 60) return `${minutes}${thin}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours}${thin}h` : `${hours}${thin}h ${minutes % 60}${thin}min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)}${thin}d` : `${Math.floor(hours / 24)}${thin}d ${hours % 24}${thin}h`;
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "long" });

/** "3 minutes ago", "yesterday", "in 2 hours". */
export function ago(time: string | Date, now: Date = new Date()): string {
  const seconds = (new Date(time).getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  if (size < 45) return relative.format(0, "second");
  if (size < 45 * 60) return relative.format(Math.round(seconds / 60), "minute");
  if (size < 22 * 3600) return relative.format(Math.round(seconds / 3600), "hour");
  if (size < 26 * 86400) return relative.format(Math.round(seconds / 86400), "day");
  if (size < 320 * 86400) return relative.format(Math.round(seconds / (30.44 * 86400)), "month");
  return relative.format(Math.round(seconds / (365.25 * 86400)), "year");
}

const exactTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" });
const exactDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

export function exact(time: string | Date): string {
  return exactTime.format(new Date(time));
}

export function day(time: string | Date): string {
  return exactDay.format(new Date(time));
}

/** sha256:0198… names shortened where the whole would not fit; the whole goes into a title. */
export function short(digest: string, length = 10): string {
  return digest.length > length ? `${digest.slice(0, length)}…` : digest;
}
