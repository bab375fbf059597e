/** The keys that the canvas itself answers to, for a help sheet. Letters and digits are left to the classes of the ontology. */
export type EngineKeyId =
  | "pan"
  | "zoom_in"
  | "zoom_out"
  | "fit"
  | "zoom_to_selection"
  | "undo"
  | "redo"
  | "select_all"
  | "next_shape"
  | "previous_shape"
  | "unselect"
  | "delete"
  | "duplicate"
  | "copy"
  | "paste"
  | "nudge"
  | "nudge_far"
  | "resize"
  | "next_grip"
  | "previous_grip"
  | "insert_vertex"
  | "toggle_visibility"
  | "raise"
  | "lower"
  | "crosshair"
  | "crosshair_far"
  | "put_point"
  | "finish"
  | "remove_point"
  | "cancel"
  | "snap"
  | "freehand"
  | "skip_keypoint"
  | "hidden_keypoint"
  | "delete_vertex"
  | "select_beneath";

export interface EngineKey {
  readonly id: EngineKeyId;
  /** As KeyboardEvent.key writes them, joined by `+`; `Mod` is Control, or Command on a Mac. With the mouse: `Click`, `Drag`. */
  readonly keys: readonly string[];
  readonly when: "always" | "selected" | "drawing";
}

export const ENGINE_KEYS: readonly EngineKey[] = [
  { id: "pan", keys: ["Space+Drag"], when: "always" },
  { id: "zoom_in", keys: ["+"], when: "always" },
  { id: "zoom_out", keys: ["-"], when: "always" },
  { id: "fit", keys: ["Home"], when: "always" },
  { id: "zoom_to_selection", keys: ["End"], when: "selected" },
  { id: "undo", keys: ["Mod+z"], when: "always" },
  { id: "redo", keys: ["Mod+Shift+z", "Mod+y"], when: "always" },
  { id: "select_all", keys: ["Mod+a"], when: "always" },
  { id: "next_shape", keys: ["PageDown"], when: "always" },
  { id: "previous_shape", keys: ["PageUp"], when: "always" },
  { id: "unselect", keys: ["Escape"], when: "selected" },
  { id: "delete", keys: ["Delete"], when: "selected" },
  { id: "duplicate", keys: ["Mod+d"], when: "selected" },
  { id: "copy", keys: ["Mod+c"], when: "selected" },
  { id: "paste", keys: ["Mod+v"], when: "always" },
  { id: "nudge", keys: ["ArrowKeys"], when: "selected" },
  { id: "nudge_far", keys: ["Shift+ArrowKeys"], when: "selected" },
  { id: "resize", keys: ["Alt+ArrowKeys"], when: "selected" },
  { id: "next_grip", keys: ["."], when: "selected" },
  { id: "previous_grip", keys: [","], when: "selected" },
  { id: "insert_vertex", keys: ["Insert"], when: "selected" },
  { id: "toggle_visibility", keys: ["/"], when: "selected" },
  { id: "raise", keys: ["Mod+ArrowUp"], when: "selected" },
  { id: "lower", keys: ["Mod+ArrowDown"], when: "selected" },
  { id: "delete_vertex", keys: ["Alt+Click"], when: "selected" },
  { id: "select_beneath", keys: ["Alt+Click"], when: "always" },
  { id: "crosshair", keys: ["ArrowKeys"], when: "drawing" },
  { id: "crosshair_far", keys: ["Shift+ArrowKeys", "Alt+ArrowKeys"], when: "drawing" },
  { id: "put_point", keys: ["Enter"], when: "drawing" },
  { id: "finish", keys: ["Enter", "Double click"], when: "drawing" },
  { id: "remove_point", keys: ["Backspace"], when: "drawing" },
  { id: "cancel", keys: ["Escape"], when: "drawing" },
  { id: "snap", keys: ["Mod"], when: "drawing" },
  { id: "freehand", keys: ["Shift"], when: "drawing" },
  { id: "skip_keypoint", keys: ["."], when: "drawing" },
  { id: "hidden_keypoint", keys: ["Shift+Click"], when: "drawing" },
];
