import css from "./Meter.module.css";

/** How far something is; its figures stand beside it. */
export function Meter({ share, label }: { share: number; label: string }) {
  const value = Math.min(Math.max(share, 0), 1);
  return (
    <div
      className={css.meter}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 100)}
    >
      <div style={{ width: `${value * 100}%` }} />
    </div>
  );
}

export interface Part {
  label: string;
  count: number;
  tone: "done" | "review" | "open" | "withdrawn";
}

/** Parts of a whole in one bar; the words and counts beside it say the same. */
export function Parts({ parts, label }: { parts: readonly Part[]; label: string }) {
  const whole = parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <div className={css.parts} role="img" aria-label={`${label}: ${parts.map(part => `${part.label} ${part.count}`).join(", ")}`}>
      {whole > 0 && parts.map(part => part.count > 0 && <div key={part.tone} data-tone={part.tone} style={{ flexGrow: part.count }} />)}
    </div>
  );
}
