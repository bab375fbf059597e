import type { ReactNode } from "react";
import { Link } from "wouter";
import css from "./Figure.module.css";

/** A figure one can trust: its name, its value, what it rests on; a link to the rows behind it where there are any. */
export function Figure({ label, value, note, href }: { label: string; value: ReactNode; note?: ReactNode; href?: string | undefined }) {
  const inner = (
    <>
      <span className={css.label}>{label}</span>
      <span className={css.value}>{value}</span>
      {note && <span className={css.note}>{note}</span>}
    </>
  );
  return href ? (
    <Link href={href} className={css.link}>
      {inner}
    </Link>
  ) : (
    <div className={css.figure}>{inner}</div>
  );
}

export function Figures({ children }: { children: ReactNode }) {
  return <div className={css.figures}>{children}</div>;
}
