import type { Schemas } from "../../api/client";
import type { JsonValue } from "../../engine";

/** Work as it is saved under a lease: enough to go on from on any computer. */
export interface DraftContent {
  readonly answers: JsonValue;
  readonly hidden: readonly string[];
  readonly locked: readonly string[];
  readonly active_milliseconds: number;
  /** The journal that it was written from, and how far that had come: tells one's own draft from another computer's. */
  readonly writer: string;
  readonly sequence: number;
}

export interface Draft {
  readonly version: number;
  readonly content: DraftContent | null;
  readonly updatedAt: string | null;
}

/** A draft as the server keeps it; one that this workbench did not write has no content that it could read. */
export function draftOf(body: Schemas["DraftBody"]): Draft {
  const content = body.body as Partial<DraftContent> | null;
  const readable = content !== null && typeof content === "object" && "answers" in content;
  return {
    version: body.version,
    updatedAt: body.updated_at,
    content: readable
      ? {
          answers: content.answers ?? null,
          hidden: texts(content.hidden),
          locked: texts(content.locked),
          active_milliseconds: typeof content.active_milliseconds === "number" ? content.active_milliseconds : 0,
          writer: typeof content.writer === "string" ? content.writer : "",
          sequence: typeof content.sequence === "number" ? content.sequence : 0,
        }
      : null,
  };
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(each => typeof each === "string") : []);
