import type { ScreenPoint, Size } from "./coordinates";
import { Fingers } from "./fingers";
import { type Modifiers, NO_MODIFIERS } from "./tools/tool";

/** What the surface is told of the pointer, the wheel, the keys and its size. Places are CSS pixels from its top left. */
export interface InputTarget {
  resize(size: Size, pixelRatio: number): void;
  down(at: ScreenPoint, button: number, time: number, modifiers: Modifiers): void;
  move(at: ScreenPoint, modifiers: Modifiers): void;
  up(at: ScreenPoint, modifiers: Modifiers): void;
  cancel(): void;
  leave(): void;
  /** A wheel turned by so many CSS pixels, downwards positive. */
  wheel(at: ScreenPoint, delta: number): void;
  pan(dx: number, dy: number): void;
  /** Two fingers took the picture from around one place to around another, and zoomed it by a factor. */
  pinch(from: ScreenPoint, to: ScreenPoint, factor: number): void;
  key(event: KeyboardEvent): boolean;
  space(held: boolean): void;
}

/** The most that one event of the wheel counts for. */
const MOST_WHEEL = 240;

const LINE_PX = 16;

/** Pinching on a trackpad comes as a wheel with control held, in small steps. */
const PINCH = 6;

/** Listens on an element; gives what ends it. */
export function attachInput(element: HTMLElement, target: InputTarget): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const place = (event: MouseEvent): ScreenPoint => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left - element.clientLeft, y: event.clientY - top - element.clientTop };
  };
  const modifiers = (event: MouseEvent): Modifiers => ({
    shift: event.shiftKey,
    alt: event.altKey,
    primary: event.ctrlKey || event.metaKey,
  });

  const fingers = new Fingers({
    move: at => target.move(at, NO_MODIFIERS),
    up: at => target.up(at, NO_MODIFIERS),
    cancel: () => target.cancel(),
    pinch: (from, to, factor) => target.pinch(from, to, factor),
  });
  const isFinger = (event: PointerEvent) => event.pointerType === "touch";

  element.style.touchAction = "none";
  element.addEventListener(
    "pointerdown",
    event => {
      if (isFinger(event)) {
        element.setPointerCapture(event.pointerId);
        const at = place(event);
        fingers.down(event.pointerId, at, () => target.down(at, 0, event.timeStamp, modifiers(event)));
        return;
      }
      if (!event.isPrimary) return;
      // A middle click would otherwise scroll by itself.
      if (event.button === 1) event.preventDefault();
      element.setPointerCapture(event.pointerId);
      target.down(place(event), event.button, event.timeStamp, modifiers(event));
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    event => {
      if (isFinger(event)) fingers.move(event.pointerId, place(event));
      else if (event.isPrimary) target.move(place(event), modifiers(event));
    },
    { signal },
  );
  element.addEventListener(
    "pointerup",
    event => {
      if (isFinger(event)) fingers.up(event.pointerId, place(event));
      else if (event.isPrimary) target.up(place(event), modifiers(event));
    },
    { signal },
  );
  element.addEventListener(
    "pointercancel",
    event => {
      if (isFinger(event)) fingers.cancel(event.pointerId);
      else target.cancel();
    },
    { signal },
  );
  element.addEventListener("pointerleave", () => target.leave(), { signal });
  element.addEventListener("contextmenu", event => event.preventDefault(), { signal });
  element.addEventListener(
    "wheel",
    event => {
      event.preventDefault();
      const unit =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? element.clientHeight : 1;
      if (event.shiftKey && !event.ctrlKey) {
        target.pan(-(event.deltaX || event.deltaY) * unit, 0);
        return;
      }
      const delta = event.deltaY * unit * (event.ctrlKey ? PINCH : 1);
      target.wheel(place(event), Math.max(-MOST_WHEEL, Math.min(MOST_WHEEL, delta)));
    },
    { signal, passive: false },
  );

  element.addEventListener(
    "keydown",
    event => {
      if (event.isComposing || isTyping(event.target)) return;
      if (event.key === " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        if (!event.repeat) target.space(true);
        return;
      }
      if (target.key(event)) event.stopPropagation();
    },
    { signal },
  );
  element.addEventListener(
    "keyup",
    event => {
      if (event.key === " ") target.space(false);
    },
    { signal },
  );
  element.addEventListener("blur", () => target.space(false), { signal });

  const stopSizing = followSize(element, (size, ratio) => target.resize(size, ratio), signal);
  return () => {
    controller.abort();
    stopSizing();
  };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** Tells the element's size now and whenever it or the screen's resolution changes. */
function followSize(element: HTMLElement, tell: (size: Size, pixelRatio: number) => void, signal: AbortSignal): () => void {
  const measure = () => tell({ width: element.clientWidth, height: element.clientHeight }, devicePixelRatio);
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  const watchRatio = () => {
    if (signal.aborted) return;
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      "change",
      () => {
        measure();
        watchRatio();
      },
      { once: true, signal },
    );
  };
  watchRatio();
  measure();
  return () => observer.disconnect();
}
