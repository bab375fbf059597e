import type { Schemas } from "../../api/client";
import type { Progress } from "../projects/progress";

/** One UTC day. */
export interface PaceDay {
  day: string;
  responses: number;
  activeMilliseconds: number;
}

export interface Pace {
  /** The last days, those without work included, oldest first. */
  days: readonly PaceDay[];
  today: number;
  /** Mean of the last seven whole days on which there was work; today where there is no other. Null without any. */
  perDay: number | null;
  /** Days of work left at that speed; null where that cannot be told. */
  daysLeft: number | null;
}

/** How fast the work goes, and how long it lasts at that speed. */
export function paceOf(activity: Schemas["GetActivityBody"], progress: Progress, length: number): Pace {
  const known = new Map(activity.items.map(item => [item.day, item]));
  const today = Date.parse(activity.today);
  const days = Array.from({ length }, (_, i) => {
    const day = new Date(today - (length - 1 - i) * 86_400_000).toISOString().slice(0, 10);
    const item = known.get(day);
    return { day, responses: item?.responses ?? 0, activeMilliseconds: item?.active_milliseconds ?? 0 };
  });
  const ofToday = days.at(-1)?.responses ?? 0;
  const recent = days.slice(-8, -1).filter(day => day.responses > 0);
  const perDay = recent.length > 0 ? recent.reduce((sum, day) => sum + day.responses, 0) / recent.length : ofToday > 0 ? ofToday : null;
  return { days, today: ofToday, perDay, daysLeft: daysLeft(progress, perDay) };
}

function daysLeft(progress: Progress, perDay: number | null): number | null {
  const decided = progress.done + progress.in_review + progress.withdrawn;
  if (perDay === null || decided === 0 || progress.responses === 0) return null;
  // Open tasks have some responses already; what one takes is told by those that are decided, and never less than one.
  const each = Math.max(progress.responses / (decided + progress.open / 2), 1);
  return (progress.open * each) / perDay;
}
