import { useEffect, useRef } from "react";
import type { Ontology, ToolId, WorkbenchEngine } from "../../engine";

/**
 * Keys of the page around the canvas, written as the ontology writes them: "a", "shift+a", "mod+enter". What a key does here goes first; the rest
 * is the canvas's own (ENGINE_KEYS), wherever on the page the focus is, but never while somebody types.
 */
export type KeyMap = ReadonlyMap<string, () => void>;

export function useCanvasKeys(engine: WorkbenchEngine | null, keys: KeyMap, enabled = true): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
      const name = keyName(event);
      if (isTyping(event.target) && !(name.startsWith("mod+") && !EDITING.has(name))) return;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isPlain && event.target instanceof Element && belongsTo(event.target, event.key)) return;
      const action = latest.current.get(name);
      if (action) {
        event.preventDefault();
        action();
      } else if (!isTyping(event.target)) engine?.handleKey(event);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [engine, enabled]);
}

/** Keys of a text field, which stay its own. */
const EDITING = new Set(["mod+a", "mod+c", "mod+v", "mod+x", "mod+y", "mod+z", "mod+shift+z", "mod+backspace"]);

/** "shift+a" for an A, also where the keyboard writes another script; "?" stays what it is. */
export function keyName(event: Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">): string {
  const plain = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code)?.[1]?.toLowerCase();
  const latin = /^[a-z0-9]$/i.test(event.key) ? event.key.toLowerCase() : null;
  const written = event.key === " " ? "space" : event.key.toLowerCase();
  const isSign = written.length === 1 && !/[\p{L}\p{N}]/u.test(written);
  // A digit with shift is another sign on each keyboard; a sign without a letter or digit behind it is a key itself.
  const key = latin ?? (plain && !(isSign && !/\d/.test(plain)) ? plain : written);
  const shift = event.shiftKey && (key !== written || /^[a-z0-9]$/.test(key) || key.length > 1);
  return `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}${shift ? "shift+" : ""}${key}`;
}

/** Whether keys write text there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target instanceof HTMLInputElement && !/^(?:range|checkbox|radio|button|color)$/.test(target.type);
}

const STEPS = /^(?:Home|End|PageUp|PageDown|Arrow(?:Up|Down|Left|Right))$/;

/** What presses a button or moves a slider is theirs. */
function belongsTo(target: Element, key: string): boolean {
  if (key === "Enter" || key === " ") return target.closest("button, a, input, summary, [role^=menuitem]") !== null;
  return STEPS.test(key) && target.closest("input, [role=menu], [role=slider], [data-own-keys]") !== null;
}

const toolLetters: readonly (readonly [ToolId, string])[] = [
  ["select", "v"],
  ["pan", "h"],
  ["box", "b"],
  ["extreme_box", "x"],
  ["rotated_box", "r"],
  ["polygon", "g"],
  ["polyline", "l"],
  ["keypoints", "k"],
];

/** The keys of an ontology's classes and options: these are theirs, whatever else a key would do. */
export function ontologyKeys(ontology: Ontology): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if ("hotkey" in value && typeof value.hotkey === "string") keys.add(value.hotkey);
      Object.values(value).forEach(visit);
    }
  };
  visit(ontology.questions);
  return keys;
}

/** A letter for each tool and action: the usual one, with shift where the ontology took it, none where it took both. */
export function assignKeys<Id extends string>(
  wanted: readonly (readonly [Id, string])[],
  taken: ReadonlySet<string>,
): Partial<Record<Id, string>> {
  const given: Partial<Record<Id, string>> = {};
  const used = new Set(taken);
  for (const [id, letter] of wanted) {
    const key = [letter, `shift+${letter}`].find(each => !used.has(each));
    if (key === undefined) continue;
    given[id] = key;
    used.add(key);
  }
  return given;
}

/** The keys of the tools that there are. */
export const toolKeys = (ontology: Ontology, tools: readonly ToolId[]): Partial<Record<ToolId, string>> =>
  assignKeys(
    toolLetters.filter(([id]) => tools.includes(id)),
    ontologyKeys(ontology),
  );

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const named: Readonly<Record<string, string>> = {
  mod: isMac ? "⌘" : "Ctrl",
  alt: isMac ? "⌥" : "Alt",
  shift: isMac ? "⇧" : "Shift",
  arrowkeys: "← ↑ ↓ →",
  arrowup: "↑",
  arrowdown: "↓",
  pagedown: "PgDn",
  pageup: "PgUp",
  escape: "Esc",
  delete: "Del",
};

/** A key as people read it: "mod+shift+z" becomes Ctrl+Shift+Z. */
export const keyText = (key: string): string =>
  key === "+"
    ? key
    : key
        .split("+")
        .map(part => named[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1)))
        .join(isMac ? "" : "+");
