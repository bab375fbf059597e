/// <reference lib="webworker" />
import type { RenderRequest } from "./protocol";
import { RenderLoop, toBitmap } from "./render-loop";

/** Draws the resting scene beside the page's own thread. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

// A message to oneself lets the messages that wait go first, without the delay of a timer.
const channel = new MessageChannel();
let resume: (() => void) | null = null;
channel.port1.onmessage = () => resume?.();

const loop = new RenderLoop({
  makeCanvas: (width, height) => new OffscreenCanvas(width, height),
  now: () => performance.now(),
  toBitmap,
  pause: () =>
    new Promise(resolve => {
      resume = resolve;
      channel.port2.postMessage(null);
    }),
  reply: (reply, transfer) => scope.postMessage(reply, transfer),
  stretch: 6,
});

scope.onmessage = (event: MessageEvent<RenderRequest>) => void loop.handle(event.data);
