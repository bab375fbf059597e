import { expect, test } from "vitest";
import { ago, bytes, count, duration, percent, short } from "./format";

const plain = (text: string) => text.replaceAll("\u202f", " ");

test("thousands and units stand apart by thin spaces", () => {
  expect(plain(count(1234567))).toBe("1 234 567");
  expect(plain(bytes(0))).toBe("0 B");
  expect(plain(bytes(1_536_000))).toBe("1.5 MB");
  expect(plain(bytes(250_000_000))).toBe("250 MB");
});

test("a share is never rounded to all or to nothing", () => {
  expect(plain(percent(0.98123))).toBe("98.1 %");
  expect(plain(percent(1))).toBe("100.0 %");
  expect(plain(percent(0.99999))).toBe("> 99.9 %");
  expect(plain(percent(0))).toBe("0.0 %");
  expect(plain(percent(0.00001))).toBe("< 0.1 %");
});

test("durations say no more than matters", () => {
  expect(plain(duration(900))).toBe("1 s");
  expect(plain(duration(200_000))).toBe("3 min 20 s");
  expect(plain(duration(23 * 60_000))).toBe("23 min");
  expect(plain(duration(7_500_000))).toBe("2 h 5 min");
  expect(plain(duration(76 * 3_600_000))).toBe("3 d 4 h");
});

test("times are told from now", () => {
  const now = new Date("2026-05-10T12:00:00Z");
  expect(ago("2026-05-10T11:59:50Z", now)).toBe("now");
  expect(ago("2026-05-10T11:57:00Z", now)).toBe("3 minutes ago");
  expect(ago("2026-05-09T12:00:00Z", now)).toBe("yesterday");
  expect(ago("2026-05-10T14:00:00Z", now)).toBe("in 2 hours");
});

test("a digest is shortened with a sign that it was", () => {
  expect(short("0123456789abcdef")).toBe("0123456789…");
  expect(short("0123")).toBe("0123");
});
