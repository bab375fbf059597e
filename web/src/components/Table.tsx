import type { ReactNode } from "react";
import css from "./Table.module.css";

/** A dense table: sticky head, right-aligned numbers (data-number), rows of 36 px. On a phone it scrolls sideways within itself. */
export function Table({
  label,
  children,
  onKeyDown,
}: {
  label: string;
  children: ReactNode;
  onKeyDown?: React.KeyboardEventHandler<HTMLElement>;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={css.frame} aria-label={label} tabIndex={0} onKeyDown={onKeyDown}>
      <table className={css.table}>{children}</table>
    </section>
  );
}
