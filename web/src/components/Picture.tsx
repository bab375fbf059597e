import { picture as m } from "../messages/en/picture";
import css from "./Picture.module.css";

export type Geometry =
  | { kind: "box"; x: number; y: number; width: number; height: number }
  | { kind: "rotated_box"; cx: number; cy: number; width: number; height: number; angle: number }
  | { kind: "polygon" | "polyline"; points: readonly (readonly [number, number])[] }
  | { kind: "polygons"; rings: readonly (readonly (readonly [number, number])[])[] }
  | { kind: "keypoints"; points: readonly (readonly [number, number, number])[] };

export interface DrawableShape {
  id: string;
  className: string;
  colour: string;
  geometry: Geometry;
  dashed?: boolean;
}

/** A picture at rest with shapes over it, for looking and not for drawing: a 1.5 px line, 12 % fill, more for what is selected. */
export function Picture(props: {
  /** The asset; null where its bytes are not to be had. */
  asset: string | null;
  /** Its address, where it is not read as an asset. */
  source?: string;
  name: string;
  width: number;
  height: number;
  shapes: readonly DrawableShape[];
  selected?: string | null;
  onSelect?: (shape: string | null) => void;
}) {
  const { asset, source, name, width, height, shapes, selected = null, onSelect } = props;
  const address = source ?? (asset && `/api/v1/assets/${asset}/content`);
  return (
    <figure className={css.picture} style={{ aspectRatio: `${width} / ${height}` }}>
      {address && <img src={address} alt={m.alt(name, shapes.length)} width={width} height={height} />}
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        {shapes.map(shape => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the same shapes stand in a list beside the picture, as buttons
          <g
            key={shape.id}
            className={css.shape}
            data-selected={shape.id === selected}
            data-dashed={shape.dashed ?? false}
            style={{ color: shape.colour }}
            onClick={onSelect && (() => onSelect(shape.id === selected ? null : shape.id))}
          >
            {shape.id === selected && <Outline geometry={shape.geometry} halo />}
            <Outline geometry={shape.geometry} />
          </g>
        ))}
      </svg>
    </figure>
  );
}

function Outline({ geometry, halo = false }: { geometry: Geometry; halo?: boolean }) {
  const className = halo ? css.halo : css.line;
  switch (geometry.kind) {
    case "box":
      return <rect x={geometry.x} y={geometry.y} width={geometry.width} height={geometry.height} className={className} />;
    case "rotated_box":
      return (
        <rect
          x={geometry.cx - geometry.width / 2}
          y={geometry.cy - geometry.height / 2}
          width={geometry.width}
          height={geometry.height}
          transform={`rotate(${(geometry.angle * 180) / Math.PI} ${geometry.cx} ${geometry.cy})`}
          className={className}
        />
      );
    case "polygon":
      return <polygon points={geometry.points.map(point => point.join()).join(" ")} className={className} />;
    case "polygons":
      return (
        <path
          d={geometry.rings.map(ring => `M${ring.map(point => point.join()).join("L")}Z`).join("")}
          fillRule="evenodd"
          className={className}
        />
      );
    case "polyline":
      return <polyline points={geometry.points.map(point => point.join()).join(" ")} className={className} data-open />;
    case "keypoints":
      return (
        <>
          {geometry.points.map(([x, y, visibility], i) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: a keypoint is named by its place in the order
            visibility > 0 ? <circle key={i} cx={x} cy={y} r={halo ? 6 : 4} className={className} /> : null,
          )}
        </>
      );
  }
}
