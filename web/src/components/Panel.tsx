import type { ReactNode } from "react";
import css from "./Panel.module.css";

/** A sheet on the page's ground. */
export function Panel({ children, flush = false }: { children: ReactNode; flush?: boolean }) {
  return <div className={flush ? css.flush : css.panel}>{children}</div>;
}

/** What a page will show once there is something, and the one action that fills it. */
export function Empty({ title, children, action }: { title?: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      {title && <h2>{title}</h2>}
      {children && <div className={css.emptyText}>{children}</div>}
      {action && <div className={css.emptyAction}>{action}</div>}
    </div>
  );
}

/** Space kept for what is being loaded, in the shape that it will have. */
export function Waiting({ rows = 3, height = 36, label }: { rows?: number; height?: number; label: string }) {
  return (
    <div className={css.waiting} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <div key={row} style={{ height }} />
      ))}
    </div>
  );
}
