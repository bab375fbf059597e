import { useEffect, useRef } from "react";
import { toImage, type ViewTransform, type WorkbenchEngine } from "../../engine";
import { review as m } from "../../messages/en/review";
import css from "./SendBack.module.css";

/** Lies over the canvas while a comment is being pinned, and tells the place of the next click in pixels of the picture. */
export function PinPicker({ engine, onPick }: { engine: WorkbenchEngine; onPick: (at: { x: number; y: number }) => void }) {
  const view = useRef<ViewTransform | null>(null);
  useEffect(
    () =>
      engine.subscribeView(next => {
        view.current = next;
      }),
    [engine],
  );
  return (
    <button
      type="button"
      className={css.picker}
      aria-label={m.pinning}
      tabIndex={-1}
      onClick={event => {
        const { left, top } = event.currentTarget.getBoundingClientRect();
        const now = view.current;
        if (!now) return;
        const at = toImage(now, { x: event.clientX - left, y: event.clientY - top });
        const within = (value: number, most: number) => Math.max(0, Math.min(value, most));
        onPick({ x: within(at.x, now.picture.width), y: within(at.y, now.picture.height) });
      }}
    />
  );
}
