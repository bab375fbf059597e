import { useMemo } from "react";
import type { Shape, WorkbenchEngine } from "../../engine";
import { type PlacedPin, PlacedPins } from "../canvas/PlacedPins";
import { boundsOf, type Point } from "./points";
import { type Case, isSeen, peopleOf, type Sight } from "./sides";
import css from "./Tags.module.css";
import { shownAt } from "./take";

/** Where on an outline the letters of one object's shapes stand, so that they do not cover each other: its corners, then the middles of its sides. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0.5, 0],
  [1, 0.5],
  [0.5, 1],
  [0, 0.5],
] as const;

/** A letter at the shape of each person at the point that is looked at: nobody has to tell colours apart. */
export function Tags({ engine, of, point, sight }: { engine: WorkbenchEngine; of: Case; point: Point; sight: Sight }) {
  const pins = useMemo<readonly PlacedPin[]>(
    () =>
      peopleOf(of).flatMap((side, i) => {
        const shape = isSeen(sight, side.id) ? shownAt(of, point, side.id) : undefined;
        if (!shape) return [];
        const corner = CORNERS[i % CORNERS.length] ?? [0, 0];
        return [
          {
            key: side.id,
            ...placeIn(shape, corner),
            content: (
              <span className={css.tag} style={{ background: side.colour }}>
                {side.letter}
              </span>
            ),
          },
        ];
      }),
    [of, point, sight],
  );
  return <PlacedPins engine={engine} pins={pins} />;
}

function placeIn(shape: Shape, [x, y]: readonly [number, number]): { x: number; y: number } {
  const { left, top, right, bottom } = boundsOf(shape);
  return { x: left + (right - left) * x, y: top + (bottom - top) * y };
}
