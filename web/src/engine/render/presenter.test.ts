import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { contains } from "../coordinates";
import { fitView, panBy, visible, zoomTo } from "../view";
import { coverage } from "./painter";
import { frameFor, Presenter } from "./presenter";
import type { RenderRequest } from "./protocol";

const viewport = { width: 1000, height: 700 };
const photo = { width: 500, height: 375 };
const whole = fitView(viewport, photo, 1);

describe("the frame of a view", () => {
  it("reaches no further than the viewport where the picture fits", () => {
    expect(frameFor(whole)).toMatchObject({ width: 1002, height: 702 });
  });

  it("has a margin where the picture goes on", () => {
    const near = zoomTo(whole, { left: 200, top: 150, right: 260, bottom: 200 });
    const frame = frameFor(near);
    expect(frame).toMatchObject({ width: 1500, height: 1050 });
    const atLeft = zoomTo(whole, { left: 0, top: 150, right: 60, bottom: 200 });
    expect(frameFor(atLeft).width).toBeLessThan(1500);
  });

  it("covers all that is seen, also of viewports that are no whole number of pixels", () => {
    for (const width of [333, 801.5, 1000.25])
      for (const pixelRatio of [1, 1.25, 1.5, 2]) {
        const view = panBy(fitView({ width, height: 421.75 }, photo, pixelRatio), 7, -11);
        expect(contains(coverage(frameFor(view)), visible(view))).toBe(true);
      }
  });
});

describe("the presenter", () => {
  let asked: RenderRequest[];
  let presenter: Presenter;
  const bitmap = () => ({ close: vi.fn() }) as unknown as ImageBitmap;
  const last = <K extends RenderRequest["kind"]>(kind: K) =>
    asked.findLast((request): request is RenderRequest & { kind: K } => request.kind === kind);
  const foresee = (key: number) => {
    presenter.foresee({ key, size: photo });
    const request = last("foresee");
    if (!request) throw new Error("Nothing was foreseen.");
    const picture = bitmap();
    presenter.foreseen({ kind: "foreseen", number: request.number, bitmap: picture });
    return picture;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    const context = { setTransform: () => undefined, fillRect: () => undefined, drawImage: () => undefined };
    const canvas = { width: 0, height: 0, getContext: () => context } as unknown as HTMLCanvasElement;
    presenter = new Presenter(canvas, whole, request => asked.push(request));
  });
  afterEach(() => vi.useRealTimers());

  it("asks for nothing before something is opened", () => {
    presenter.setView(whole);
    vi.runAllTimers();
    expect(asked).toEqual([]);
  });

  it("shows an image that was foreseen at once, and asks for one with shapes when that was painted", () => {
    presenter.open(1, whole);
    presenter.begin();
    expect(presenter.hasPicture).toBe(false);
    expect(last("view")).toBeDefined();
    foresee(2);
    asked = [];
    presenter.open(2, whole);
    presenter.begin();
    expect(presenter.hasPicture).toBe(true);
    expect(presenter.isSharp).toBe(true);
    expect(presenter.revision).toBeLessThan(0);
    expect(asked.map(request => request.kind)).toEqual(["open"]);
    vi.runAllTimers();
    expect(last("view")?.frame).toEqual(frameFor(whole));
  });

  it("does not show what was foreseen for another image, viewport or display", () => {
    presenter.open(1, whole);
    const other = foresee(2);
    presenter.open(3, whole);
    expect(presenter.hasPicture).toBe(false);
    expect(other.close).toHaveBeenCalled();

    const narrow = fitView({ width: 600, height: 700 }, photo, 1);
    const before = foresee(4);
    presenter.setView(narrow);
    vi.runAllTimers();
    expect(before.close).toHaveBeenCalled();
    expect(last("foresee")?.frame).toEqual(frameFor(narrow));

    const dark = last("foresee")?.number ?? 0;
    presenter.setDisplay({ brightness: 0.5, contrast: 1, background: "#000000" });
    const late = bitmap();
    presenter.foreseen({ kind: "foreseen", number: dark, bitmap: late });
    expect(late.close).toHaveBeenCalled();
    expect(last("foresee")?.number).toBeGreaterThan(dark);
  });

  it("lets go of what was foreseen with its image", () => {
    presenter.open(1, whole);
    const picture = foresee(2);
    presenter.forget(2);
    expect(picture.close).toHaveBeenCalled();
    presenter.open(2, whole);
    expect(presenter.hasPicture).toBe(false);
  });
});
