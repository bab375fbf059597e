import { api, ask } from "../../api/client";

/**
 * Thumbnails are made here from the pictures themselves: the server never decodes one. A few at a time, those asked for last first, since what was scrolled
 * past is no longer looked at. The browser's own cache keeps the pictures; only the small ones are kept in memory.
 */
const edge = 360;
const atOnce = 3;
const keptMax = 600;

interface Wanted {
  asset: string;
  settle: (url: string | null) => void;
  signal: AbortSignal;
}

const kept = new Map<string, string>();
const queue: Wanted[] = [];
let working = 0;

/** Address of a small picture of an asset; null where it cannot be shown. */
export function thumbnail(asset: string, signal: AbortSignal): Promise<string | null> {
  const known = kept.get(asset);
  if (known) {
    // The one looked at last goes last.
    kept.delete(asset);
    kept.set(asset, known);
    return Promise.resolve(known);
  }

  return new Promise(settle => {
    queue.push({ asset, settle, signal });
    void work();
  });
}

/** Takes every picture out of memory, as when somebody signs out. */
export function forgetThumbnails(): void {
  for (const url of kept.values()) URL.revokeObjectURL(url);
  kept.clear();
}

async function work(): Promise<void> {
  if (working >= atOnce) return;
  working++;
  for (let wanted = queue.pop(); wanted; wanted = queue.pop()) {
    if (wanted.signal.aborted) continue;
    const { asset, settle, signal } = wanted;
    settle(kept.get(asset) ?? (await make(asset, signal)));
  }

  working--;
}

async function make(asset: string, signal: AbortSignal): Promise<string | null> {
  try {
    const bytes = (await ask(
      api.GET("/api/v1/assets/{assetId}/content", { params: { path: { assetId: asset } }, parseAs: "blob", signal }),
    )) as unknown as Blob;
    const picture = await createImageBitmap(bytes);
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
    const context = canvas.getContext("2d");
    if (!context) return null;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const url = URL.createObjectURL(await canvas.convertToBlob({ type: "image/webp", quality: 0.8 }));
    kept.set(asset, url);
    for (const [old, oldUrl] of kept) {
      if (kept.size <= keptMax) break;
      kept.delete(old);
      URL.revokeObjectURL(oldUrl);
    }

    return url;
  } catch {
    // Gone, damaged or of a kind that this browser cannot decode: the grid shows that there is none.
    return null;
  }
}
