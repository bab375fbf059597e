import { useEffect, useState } from "react";
import type { WorkbenchEngine } from "../../engine";
import { shell } from "../../messages/en/shell";
import { workbench as m } from "../../messages/en/workbench";

export function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name) document.title = `${m.page(name)} · ${shell.name}`;
  }, [name]);
}

/** The canvas takes the keys with each task, unless somebody is elsewhere on the page. */
export function useFocus(engine: WorkbenchEngine | null, mayAct: boolean, opening: number): void {
  useEffect(() => {
    if (mayAct && opening > 0 && (document.activeElement === null || document.activeElement === document.body)) engine?.focus();
  }, [engine, mayAct, opening]);
}

/** On a small screen a finger moves the picture, not the shapes. */
export function usePanOnPhone(engine: WorkbenchEngine | null, opening: number): void {
  useEffect(() => {
    if (opening > 0 && matchMedia("(max-width: 759px)").matches) engine?.setTool("pan");
  }, [engine, opening]);
}

/** A choice that this browser keeps. */
export function useRemembered(name: string, otherwise: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    const kept = localStorage.getItem(name);
    return kept === null ? otherwise : kept === "true";
  });
  return [
    value,
    next => {
      localStorage.setItem(name, String(next));
      setValue(next);
    },
  ];
}

/** Instructions stand open until they were read once, and again whenever they have changed. */
export function useInstructions(projectId: string, text: string | undefined): [boolean, (open: boolean) => void] {
  const name = `touchstone-read/${projectId}`;
  const mark = text ? `${text.length}:${[...text].reduce((hash, each) => (Math.imul(hash, 31) + (each.codePointAt(0) ?? 0)) | 0, 7)}` : "";
  const [chosen, setChosen] = useState<boolean | null>(null);
  const unread = mark !== "" && localStorage.getItem(name) !== mark;
  return [
    chosen ?? unread,
    open => {
      if (!open && mark) localStorage.setItem(name, mark);
      setChosen(open);
    },
  ];
}
