import { expect, test } from "vitest";
import type { Progress } from "../projects/progress";
import { paceOf } from "./pace";

const progress = (more: Partial<Progress>): Progress => ({
  tasks: 100,
  open: 50,
  in_review: 0,
  done: 50,
  withdrawn: 0,
  responses: 150,
  skips: 0,
  gold_tasks: 0,
  audit_tasks: 0,
  agreement: null,
  last_response_at: null,
  ...more,
});

test("days without work are days too, and the pace is that of working days", () => {
  const pace = paceOf(
    {
      today: "2026-05-10",
      items: [
        { day: "2026-05-06", responses: 100, active_milliseconds: 1 },
        { day: "2026-05-10", responses: 50, active_milliseconds: 2 },
      ],
    },
    progress({}),
    30,
  );
  expect(pace.days).toHaveLength(30);
  expect(pace.days[0]?.day).toBe("2026-04-11");
  expect(pace.days.at(-1)).toEqual({ day: "2026-05-10", responses: 50, activeMilliseconds: 2 });
  expect(pace.perDay).toBe(100);
  expect(pace.daysLeft).toBeCloseTo(1, 5);
});

test("nothing is foretold from nothing", () => {
  const pace = paceOf({ today: "2026-05-10", items: [] }, progress({ done: 0, open: 100, responses: 0 }), 30);
  expect(pace.perDay).toBeNull();
  expect(pace.daysLeft).toBeNull();
});
