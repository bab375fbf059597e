import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useRef } from "react";
import { Icon } from "../../components/Icon";
import { classOf, type Scene, type Shape, type ShapeId, shapeOf, titleOf, type WorkbenchEngine } from "../../engine";
import { canvas as m } from "../../messages/en/canvas";
import { useEngineState } from "./engine";
import css from "./ObjectList.module.css";

const ROW = 28;

/** All objects, the topmost first; what is selected on the canvas is selected here. */
export function ObjectList(props: { engine: WorkbenchEngine; marked?: ReadonlySet<ShapeId>; proposed?: ReadonlySet<ShapeId> }) {
  const { engine, marked, proposed } = props;
  const scene = useEngineState(engine, state => state.scene);
  const readOnly = useEngineState(engine, state => state.readOnly) ?? false;
  const frame = useRef<HTMLUListElement>(null);
  const shapes = scene?.shapes ?? [];
  const rows = useVirtualizer({ count: shapes.length, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 12 });
  const at = (row: number) => shapes[shapes.length - 1 - row];

  const last = scene?.selection[scene.selection.length - 1];
  useEffect(() => {
    const place = last === undefined ? -1 : shapes.findIndex(shape => shape.id === last);
    if (place >= 0) rows.scrollToIndex(shapes.length - 1 - place, { align: "auto" });
  }, [last, shapes, rows]);

  if (!scene) return null;
  if (shapes.length === 0) return <p className={css.empty}>{readOnly ? m.noObjectsRead : m.noObjects}</p>;
  const selected = new Set(scene.selection);
  return (
    <ul ref={frame} className={css.list} aria-label={m.objects}>
      <li className={css.room} style={{ height: rows.getTotalSize() }} aria-hidden="true" />
      {rows.getVirtualItems().map(row => {
        const shape = at(row.index);
        return (
          shape && (
            <Row
              key={shape.id}
              engine={engine}
              shape={shape}
              number={shapes.length - row.index}
              colour={classOf(scene, shape)?.colour ?? "#8d99a3"}
              title={titleOf(classOf(scene, shape) ?? { id: shape.class })}
              selected={selected.has(shape.id)}
              marked={marked?.has(shape.id) ?? false}
              proposed={proposed?.has(shape.id) ?? false}
              readOnly={readOnly}
              top={row.start}
            />
          )
        );
      })}
    </ul>
  );
}

interface RowProps {
  engine: WorkbenchEngine;
  shape: Shape;
  number: number;
  colour: string;
  title: string;
  selected: boolean;
  marked: boolean;
  proposed: boolean;
  readOnly: boolean;
  top: number;
}

const Row = memo(function Row({ engine, shape, number, colour, title, selected, marked, proposed, readOnly, top }: RowProps) {
  const name = m.object(title, number);
  const ids = [shape.id];
  return (
    <li className={css.row} style={{ transform: `translateY(${top}px)` }} data-selected={selected} data-hidden={shape.hidden}>
      <button
        type="button"
        className={css.object}
        aria-pressed={selected}
        onClick={event => {
          engine.select(chosen(engine.getState().scene, shape.id, event.shiftKey, event.ctrlKey || event.metaKey), { reveal: true });
          if (event.detail > 0) engine.focus();
        }}
        onDoubleClick={() => engine.zoomTo(ids)}
      >
        <span className={css.dot} style={{ background: colour }} />
        <span className={css.name} dir="auto">
          {title} <span className={css.number}>{number}</span>
        </span>
        {marked && (
          <span className={css.mark}>
            <Icon name="warning" size={14} />
          </span>
        )}
        {proposed && <span className={css.proposed}>{m.proposed}</span>}
        <span className={css.size}>{sizeText(shape)}</span>
      </button>
      <button
        type="button"
        className={css.act}
        data-on={shape.hidden}
        aria-label={shape.hidden ? m.show(name) : m.hide(name)}
        onClick={() => engine.dispatch({ kind: "hide", shapes: ids, hidden: !shape.hidden })}
      >
        <Icon name={shape.hidden ? "hidden" : "eye"} size={15} />
      </button>
      {!readOnly && (
        <>
          <button
            type="button"
            className={css.act}
            data-on={shape.locked}
            aria-label={shape.locked ? m.unlock(name) : m.lock(name)}
            onClick={() => engine.dispatch({ kind: "lock", shapes: ids, locked: !shape.locked })}
          >
            <Icon name={shape.locked ? "lock" : "unlock"} size={15} />
          </button>
          <button
            type="button"
            className={css.act}
            aria-label={m.remove(name)}
            disabled={shape.locked}
            onClick={() => engine.dispatch({ kind: "delete", shapes: ids })}
          >
            <Icon name="trash" size={15} />
          </button>
        </>
      )}
    </li>
  );
});

/** With control one more or one less, with shift all up to it. */
function chosen(scene: Scene, id: ShapeId, shift: boolean, primary: boolean): readonly ShapeId[] {
  const { selection, shapes } = scene;
  if (primary) return selection.includes(id) ? selection.filter(each => each !== id) : [...selection, id];
  const last = selection[selection.length - 1];
  if (!shift || last === undefined || !shapeOf(scene, last)) return [id];
  const from = shapes.findIndex(shape => shape.id === last);
  const to = shapes.findIndex(shape => shape.id === id);
  const between = shapes.slice(Math.min(from, to), Math.max(from, to) + 1).map(shape => shape.id);
  return from <= to ? between : between.reverse();
}

function sizeText({ geometry }: Shape): string {
  switch (geometry.kind) {
    case "box":
    case "rotated_box":
      return `${Math.round(geometry.width)} × ${Math.round(geometry.height)}`;
    case "polygon":
    case "polyline":
      return m.points(geometry.xy.length / 2);
    case "keypoints":
      return m.points(geometry.xyv.filter((value, i) => i % 3 === 2 && value > 0).length);
  }
}
