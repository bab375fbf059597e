import type { Rect } from "../coordinates";

/** Cells of the finest level, in pixels of the picture. */
const FINEST = 16;

/** Levels double in size: the coarsest has cells of half a million pixels. */
const LEVELS = 16;

interface Entry<Key> {
  readonly key: Key;
  readonly bounds: Rect;
  readonly level: number;
  readonly cell: number;
}

/** Cells are numbered by column and row, so that a number names one cell. */
const OFFSET = 1 << 20;
const cellOf = (column: number, row: number): number => (column + OFFSET) * (2 * OFFSET) + (row + OFFSET);

/**
 * Rectangles found by place. A loose grid of several levels: a rectangle lies in the one cell that holds its centre, of the first level
 * whose cells are as large as it is; so it reaches at most half a cell beyond. Adding, moving and removing cost O(1), a small
 * query looks at a few cells of each level that is in use.
 */
export class LooseGrid<Key> {
  readonly #entries = new Map<Key, Entry<Key>>();
  readonly #levels: Map<number, Entry<Key>[]>[] = Array.from({ length: LEVELS }, () => new Map());

  get size(): number {
    return this.#entries.size;
  }

  boundsOf(key: Key): Rect | undefined {
    return this.#entries.get(key)?.bounds;
  }

  /** Adds a rectangle, or lays it elsewhere. */
  set(key: Key, bounds: Rect): void {
    this.delete(key);
    const extent = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
    let level = 0;
    while (level < LEVELS - 1 && FINEST * 2 ** level < extent) level++;
    const size = FINEST * 2 ** level;
    const column = Math.floor((bounds.left + bounds.right) / 2 / size);
    const row = Math.floor((bounds.top + bounds.bottom) / 2 / size);
    const entry = { key, bounds, level, cell: cellOf(column, row) };
    const cells = this.#levels[level] as Map<number, Entry<Key>[]>;
    const cell = cells.get(entry.cell);
    if (cell) cell.push(entry);
    else cells.set(entry.cell, [entry]);
    this.#entries.set(key, entry);
  }

  delete(key: Key): boolean {
    const entry = this.#entries.get(key);
    if (!entry) return false;
    this.#entries.delete(key);
    const cells = this.#levels[entry.level] as Map<number, Entry<Key>[]>;
    const cell = cells.get(entry.cell) as Entry<Key>[];
    if (cell.length === 1) cells.delete(entry.cell);
    else {
      const last = cell.pop() as Entry<Key>;
      if (last !== entry) cell[cell.indexOf(entry)] = last;
    }
    return true;
  }

  clear(): void {
    this.#entries.clear();
    for (const cells of this.#levels) cells.clear();
  }

  /** Every key whose rectangle meets this one, in no order. */
  query(rect: Rect): Key[] {
    const found: Key[] = [];
    for (let level = 0; level < LEVELS; level++) {
      const cells = this.#levels[level] as Map<number, Entry<Key>[]>;
      if (cells.size > 0) this.#queryLevel(cells, FINEST * 2 ** level, rect, found);
    }
    return found;
  }

  #queryLevel(cells: Map<number, Entry<Key>[]>, size: number, rect: Rect, found: Key[]): void {
    const left = Math.floor((rect.left - size / 2) / size);
    const right = Math.floor((rect.right + size / 2) / size);
    const top = Math.floor((rect.top - size / 2) / size);
    const bottom = Math.floor((rect.bottom + size / 2) / size);
    if ((right - left + 1) * (bottom - top + 1) > cells.size) {
      for (const cell of cells.values()) take(cell, rect, found);
      return;
    }
    for (let column = left; column <= right; column++) {
      for (let row = top; row <= bottom; row++) {
        const cell = cells.get(cellOf(column, row));
        if (cell) take(cell, rect, found);
      }
    }
  }
}

function take<Key>(cell: readonly Entry<Key>[], rect: Rect, found: Key[]): void {
  for (const { key, bounds } of cell) {
    if (bounds.left <= rect.right && rect.left <= bounds.right && bounds.top <= rect.bottom && rect.top <= bounds.bottom) found.push(key);
  }
}
