import { useEffect, useRef } from "react";
import { Icon } from "../../components/Icon";
import type { ShapeId, WorkbenchEngine } from "../../engine";
import css from "./ShapePins.module.css";

/** Something said of a shape, shown at its top right corner. */
export interface ShapePin {
  readonly shape: ShapeId;
  readonly text: string;
  readonly tone: "wrong" | "comment";
}

const MOST_PINS = 200;

/** Pins follow their shapes without being drawn anew: each move of the view only moves them. */
export function ShapePins({
  engine,
  pins,
  onPick,
}: {
  engine: WorkbenchEngine;
  pins: readonly ShapePin[];
  onPick?: (shape: ShapeId) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const shown = pins.slice(0, MOST_PINS);
  useEffect(() => {
    const place = () => {
      const { scene } = engine.getState();
      for (const [i, pin] of pins.slice(0, MOST_PINS).entries()) {
        const element = frame.current?.children[i];
        if (!(element instanceof HTMLElement)) continue;
        const bounds = scene.shapes.length > 0 ? engine.screenBounds(pin.shape) : null;
        element.style.display = bounds ? "" : "none";
        if (bounds) element.style.transform = `translate(${Math.round(bounds.right)}px, ${Math.round(bounds.top)}px)`;
      }
    };
    place();
    const stops = [engine.subscribeView(place), engine.subscribe(place)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [engine, pins]);
  return (
    <div ref={frame} className={css.pins}>
      {shown.map((pin, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a pin is its place in the list; the effect above finds it there
          key={i}
          type="button"
          className={css.pin}
          data-tone={pin.tone}
          title={pin.text}
          aria-label={pin.text}
          onClick={() => {
            engine.select([pin.shape], { reveal: true });
            onPick?.(pin.shape);
          }}
        >
          <Icon name={pin.tone === "wrong" ? "warning" : "comment"} size={14} />
          <span className={css.text} dir="auto">
            {pin.text}
          </span>
        </button>
      ))}
    </div>
  );
}
