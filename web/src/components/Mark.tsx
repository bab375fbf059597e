import css from "./Mark.module.css";

/** The dark stone with its streak of gold. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="2" y="2" width="28" height="28" rx="9" className={css.stone} />
      <path d="M9.5 22.5 22.5 9.5" className={css.streak} />
    </svg>
  );
}

export function Wordmark({ name }: { name: string }) {
  return (
    <span className={css.wordmark}>
      <Mark />
      <span>{name}</span>
    </span>
  );
}
