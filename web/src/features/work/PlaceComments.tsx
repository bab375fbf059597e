import { useMemo } from "react";
import { Icon } from "../../components/Icon";
import type { Rect, Size, WorkbenchEngine } from "../../engine";
import { PlacedPins } from "../canvas/PlacedPins";
import type { PinnedComment } from "./comments";
import css from "./PlaceComments.module.css";

/** What a reviewer said of places in the picture, where no shape is. */
export function PlaceComments({ engine, comments }: { engine: WorkbenchEngine; comments: readonly PinnedComment[] }) {
  const pins = useMemo(
    () =>
      comments.flatMap(({ text, at, place }, i) =>
        at && !place
          ? [
              {
                key: String(i),
                ...at,
                content: (
                  <button
                    type="button"
                    className={css.pin}
                    title={text}
                    aria-label={text}
                    onClick={() => engine.zoomTo(around(at, engine.getState().scene.image))}
                  >
                    <Icon name="comment" size={14} />
                    <span className={css.text} dir="auto">
                      {text}
                    </span>
                  </button>
                ),
              },
            ]
          : [],
      ),
    [engine, comments],
  );
  return <PlacedPins engine={engine} pins={pins} />;
}

/** A place with enough around it to know where it is. */
export function around({ x, y }: { readonly x: number; readonly y: number }, { width, height }: Size): Rect {
  const reach = Math.max(width, height) / 8;
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
}
