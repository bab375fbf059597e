import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import { toScreen, type WorkbenchEngine } from "../../engine";
import css from "./PlacedPins.module.css";

/** Something laid over a place in the picture. */
export interface PlacedPin {
  readonly key: string;
  /** Pixels of the picture. */
  readonly x: number;
  readonly y: number;
  readonly content: ReactNode;
  readonly style?: CSSProperties;
}

/** Pins follow their places without being drawn anew: each move of the view only moves them. */
export function PlacedPins({ engine, pins }: { engine: WorkbenchEngine; pins: readonly PlacedPin[] }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      engine.subscribeView(view => {
        for (const [i, pin] of pins.entries()) {
          const element = frame.current?.children[i];
          if (!(element instanceof HTMLElement)) continue;
          const at = toScreen(view, pin);
          element.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`;
        }
      }),
    [engine, pins],
  );
  return (
    <div ref={frame} className={css.pins}>
      {pins.map(pin => (
        <div key={pin.key} className={css.place}>
          {pin.content}
        </div>
      ))}
    </div>
  );
}
