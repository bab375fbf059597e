/** Where a stream goes: a band from top to bottom that narrows at each step by what leaves it to the right. Places only; the drawing is in FlowPlot. */
export interface FlowStep {
  id: string;
  /** What the step says where it drops nothing. */
  note: string;
  dropped: readonly { reason: string; count: number }[];
}

export interface FlowPiece {
  step: number;
  reason: string;
  count: number;
  /** Ends of the ribbon on the band, and its own ends at the label. */
  from: number;
  to: number;
  top: number;
  end: number;
  /** Where it leaves the band. */
  leaves: number;
  label: number;
}

export interface Flow {
  height: number;
  /** The band between two steps. */
  bands: readonly { width: number; top: number; end: number }[];
  heads: readonly { id: string; note: string; y: number }[];
  pieces: readonly FlowPiece[];
}

const HEAD = 16;
const ROW = 20;
const GAP = 14;
const THINNEST = 1;

export function flowOf(all: number, steps: readonly FlowStep[], band: number): Flow {
  const scale = band / Math.max(1, all);
  const bands: { width: number; top: number; end: number }[] = [{ width: band, top: 26, end: 40 }];
  const heads: { id: string; note: string; y: number }[] = [];
  const pieces: FlowPiece[] = [];
  let left = all;
  let y = 40;
  for (const [index, step] of steps.entries()) {
    const top = y;
    heads.push({ id: step.id, note: step.dropped.length === 0 ? step.note : "", y: y + 12 });
    y += HEAD + 4;
    for (const { reason, count } of [...step.dropped].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))) {
      const thick = Math.max(THINNEST, count * scale);
      const to = Math.max(THINNEST, left * scale);
      pieces.push({
        step: index,
        reason,
        count,
        from: Math.max(0, to - thick),
        to,
        top: y,
        end: y + thick,
        leaves: top,
        label: y + Math.max(thick / 2, 8) + 4,
      });
      left = Math.max(0, left - count);
      // Whole pixels, so that no seam shows between the parts of the band.
      y += Math.max(ROW, Math.ceil(thick) + 6);
    }
    if (step.dropped.length === 0) y += ROW;
    y += GAP;
    bands.push({ width: left > 0 ? Math.max(THINNEST, left * scale) : 0, top, end: y });
  }

  return { height: y + 24, bands, heads, pieces };
}
