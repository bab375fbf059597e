import { type ReactNode, type Ref, useEffect } from "react";
import { Link } from "wouter";
import { shell } from "../messages/en/shell";
import css from "./Page.module.css";

export interface Crumb {
  label: string;
  href: string;
}

/** A page of the console: where one is, what it is, its one primary action at the top right. */
export function Page(props: {
  title: string;
  crumbs?: readonly Crumb[];
  lead?: ReactNode;
  action?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const { title, crumbs = [], lead, action, wide = false, children } = props;
  useEffect(() => {
    document.title = `${[title, ...crumbs.map(crumb => crumb.label).reverse()].join(" · ")} · ${shell.name}`;
  }, [title, crumbs]);
  return (
    <div className={wide ? css.wide : css.page}>
      <header className={css.header}>
        <div className={css.heading}>
          {crumbs.length > 0 && (
            <nav aria-label={shell.breadcrumb} className={css.crumbs}>
              <ol>
                {crumbs.map(crumb => (
                  <li key={crumb.href}>
                    <Link href={crumb.href} dir="auto">
                      {crumb.label}
                    </Link>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1 dir="auto">{title}</h1>
          {lead && <div className={css.lead}>{lead}</div>}
        </div>
        {action && <div className={css.action}>{action}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with its own heading. */
export function Section(props: { title: string; aside?: ReactNode; children: ReactNode; id?: string; ref?: Ref<HTMLElement> }) {
  const { title, aside, children, id, ref } = props;
  return (
    <section className={css.section} aria-label={title} id={id} ref={ref}>
      <div className={css.sectionHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
