import type { ReactNode } from "react";
import css from "./CanvasFrame.module.css";

/**
 * The frame of every page with a canvas: a line above, tools at the left, the picture, a panel at the right, a line beneath. Notices stand between the
 * line above and the picture and push it down, so that nothing is covered. On a phone everything lies under one another and nothing is drawn.
 */
export function CanvasFrame(props: {
  top: ReactNode;
  notices?: ReactNode;
  tools: ReactNode;
  stage: ReactNode;
  panel: ReactNode;
  panelLabel: string;
  panelOpen: boolean;
  bottom: ReactNode;
  /** On a phone the picture stays in sight while the panel is scrolled. */
  stageStays?: boolean;
  /** There is nothing to act upon: neither tools nor a line beneath. */
  bare?: boolean;
}) {
  const { bare = false } = props;
  return (
    <div className={css.frame} data-panel={props.panelOpen} data-stage-stays={props.stageStays ?? false}>
      <header className={css.top}>{props.top}</header>
      <div className={css.notices}>{props.notices}</div>
      {!bare && <div className={css.tools}>{props.tools}</div>}
      <main className={css.stage}>{props.stage}</main>
      {props.panelOpen && (
        <aside className={css.panel} aria-label={props.panelLabel}>
          {props.panel}
        </aside>
      )}
      {!bare && <footer className={css.bottom}>{props.bottom}</footer>}
    </div>
  );
}

/** A part of the panel with its heading; `grow` takes the room that is left, `drawing` is left out where nobody draws. */
export function PanelPart(props: { title: string; aside?: ReactNode; grow?: boolean; drawing?: boolean; children: ReactNode }) {
  const { title, aside, grow = false, drawing = false, children } = props;
  return (
    <section className={grow ? css.grow : css.part} data-drawing={drawing} aria-label={title}>
      <div className={css.partHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      <div className={grow ? css.fill : css.partBody}>{children}</div>
    </section>
  );
}
