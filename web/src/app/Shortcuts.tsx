import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { Dialog } from "../components/Dialog";
import { shortcuts as m } from "../messages/en/shell";
import css from "./Shortcuts.module.css";

/** Keys that work on every page of the console, and the sheet that tells them: ? opens it, g and a letter goes somewhere, / searches. */
export function Shortcuts({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const [, go] = useLocation();
  const waitsForPlace = useRef(false);
  useEffect(() => {
    const places: Record<string, string> = { p: "/projects", w: "/work", c: "/corpora", e: "/people" };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
      const place = waitsForPlace.current ? places[event.key] : undefined;
      waitsForPlace.current = event.key === "g";
      if (place) go(place);
      else if (event.key === "?") onOpen(true);
      else if (event.key === "/") document.querySelector<HTMLInputElement>("[data-search]")?.focus();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [go, onOpen]);
  return (
    <Dialog open={open} onClose={() => onOpen(false)} title={m.title}>
      <div className={css.sheet}>
        <h3>{m.everywhere}</h3>
        <dl>
          <Row keys={<kbd>?</kbd>} says={m.help} />
          <Row keys={<Chord keys={["g", "p"]} />} says={m.goProjects} />
          <Row keys={<Chord keys={["g", "w"]} />} says={m.goWork} />
          <Row keys={<Chord keys={["g", "c"]} />} says={m.goCorpora} />
          <Row keys={<Chord keys={["g", "e"]} />} says={m.goPeople} />
          <Row keys={<kbd>/</kbd>} says={m.search} />
        </dl>
        <h3>{m.lists}</h3>
        <dl>
          <Row keys={<Pair keys={["↓", "j"]} />} says={m.down} />
          <Row keys={<Pair keys={["↑", "k"]} />} says={m.up} />
          <Row keys={<kbd>Enter</kbd>} says={m.open} />
        </dl>
      </div>
    </Dialog>
  );
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function Row({ keys, says }: { keys: ReactNode; says: string }) {
  return (
    <div>
      <dt>{keys}</dt>
      <dd>{says}</dd>
    </div>
  );
}

function Chord({ keys: [first, second] }: { keys: [string, string] }) {
  return (
    <>
      <kbd>{first}</kbd> {m.chord} <kbd>{second}</kbd>
    </>
  );
}

function Pair({ keys: [first, second] }: { keys: [string, string] }) {
  return (
    <>
      <kbd>{first}</kbd> <kbd>{second}</kbd>
    </>
  );
}
