import type { RenderReply, RenderRequest } from "./protocol";
import { RenderLoop, toBitmap } from "./render-loop";

/** Whoever draws the resting scene. */
export interface Renderer {
  /** Whether drawing happens beside the page's own thread. */
  readonly apart: boolean;
  post(request: RenderRequest, transfer?: Transferable[]): void;
  close(): void;
}

export type OnReply = (reply: RenderReply) => void;

/** Draws in a worker, or where the browser has none (or no canvas in it) in short stretches on the page's own thread. */
export function createRenderer(onReply: OnReply, allowWorker = true): Renderer {
  const able = allowWorker && typeof Worker === "function" && typeof OffscreenCanvas === "function";
  return able ? workerRenderer(onReply) : localRenderer(onReply);
}

function workerRenderer(onReply: OnReply): Renderer {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "touchstone-renderer" });
  let fallback: Renderer | null = null;
  const sent: RenderRequest[] = [];
  let answered = false;
  worker.onmessage = (event: MessageEvent<RenderReply>) => {
    answered = true;
    sent.length = 0;
    onReply(event.data);
  };
  // A worker that cannot even be loaded (an old browser, a policy, a lost network) never answers: what it was told is told to the page's own.
  worker.onerror = event => {
    if (answered || fallback) {
      onReply({ kind: "failed", reason: event.message });
      return;
    }
    worker.terminate();
    fallback = localRenderer(onReply);
    for (const request of sent) fallback.post(request);
  };
  return {
    get apart() {
      return fallback === null;
    },
    post(request) {
      if (fallback) {
        fallback.post(request);
        return;
      }
      if (!answered) sent.push(request);
      // Lists are copied rather than handed over, so that they can be told again; they are a megabyte at most.
      worker.postMessage(request);
    },
    close() {
      worker.terminate();
      fallback?.close();
    },
  };
}

function localRenderer(onReply: OnReply): Renderer {
  let closed = false;
  const loop = new RenderLoop({
    makeCanvas(width, height) {
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      return canvas;
    },
    now: () => performance.now(),
    toBitmap,
    pause: () => new Promise(resolve => setTimeout(resolve)),
    reply: reply => {
      if (!closed) onReply(reply);
    },
    stretch: 8,
  });
  return {
    apart: false,
    post: request => void loop.handle(request),
    close() {
      closed = true;
    },
  };
}
