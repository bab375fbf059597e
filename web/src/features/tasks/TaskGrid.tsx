import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { percent, short } from "../../components/format";
import { State, type Tone } from "../../components/State";
import { tasks as m } from "../../messages/en/tasks";
import css from "./TaskGrid.module.css";
import { Thumbnail } from "./Thumbnail";

type Row = Schemas["TaskRow"];

const cardWidth = 190;
const gap = 12;
const textHeight = 62;

/** Cards in as many columns as fit; only those in sight are there, however many tasks there are. */
export function TaskGrid({
  rows,
  hasMore,
  onMore,
  hrefOf,
}: {
  rows: readonly Row[];
  hasMore: boolean;
  onMore: () => void;
  hrefOf: (row: Row) => string;
}) {
  const ref = useRef<HTMLUListElement>(null);
  const [size, setSize] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, top: element.getBoundingClientRect().top + scrollY });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.body);
    measure();
    return () => observer.disconnect();
  }, []);
  const columns = Math.max(2, Math.floor((size.width + gap) / (cardWidth + gap)));
  const width = (size.width - gap * (columns - 1)) / columns;
  const height = Math.round((width * 3) / 4) + textHeight;
  const lines = Math.ceil(rows.length / columns);
  const virtual = useWindowVirtualizer({ count: lines, estimateSize: () => height + gap, overscan: 3, scrollMargin: size.top });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width makes lines of another height
  useEffect(() => virtual.measure(), [height]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= lines - 3) onMore();
  }, [hasMore, last, lines, onMore]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      l: 1,
      h: -1,
      j: columns,
      k: -columns,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const from = Number((document.activeElement as HTMLElement | null)?.dataset.index ?? Number.NaN);
    const to = Number.isNaN(from) ? 0 : Math.min(Math.max(from + step, 0), rows.length - 1);
    virtual.scrollToIndex(Math.floor(to / columns));
    requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus());
    event.preventDefault();
  };

  return (
    <ul ref={ref} aria-label={m.title} className={css.grid} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
      {size.width > 0 &&
        items.flatMap(line =>
          rows.slice(line.index * columns, (line.index + 1) * columns).map((row, column) => (
            <li
              key={row.id}
              className={css.place}
              style={{ width, height, transform: `translate(${column * (width + gap)}px, ${line.start - size.top}px)` }}
            >
              <Card row={row} href={hrefOf(row)} index={line.index * columns + column} />
            </li>
          )),
        )}
    </ul>
  );
}

function Card({ row, href, index }: { row: Row; href: string; index: number }) {
  const name = row.external_id ?? row.file_name ?? short(row.id, 13);
  return (
    <Link href={href} className={css.card} data-index={index}>
      <Thumbnail asset={row.asset_id} name="" />
      <span className={css.text}>
        <span className={css.name} title={name} dir="auto">
          {name}
        </span>
        <span className={css.facts}>
          <TaskStateWord state={row.state} />
          <span className="meta">
            {row.agreement === null ? m.responses(row.response_count, row.overlap) : m.agree(percent(row.agreement, 0))}
          </span>
        </span>
      </span>
    </Link>
  );
}

const tones: Record<Row["state"], Tone> = { open: "plain", in_review: "attention", done: "good", withdrawn: "plain" };

export function TaskStateWord({ state }: { state: Row["state"] }) {
  return <State tone={tones[state]}>{m.states[state]}</State>;
}
