import type { KeyboardEvent } from "react";

/** Arrow keys and j, k walk through the elements marked data-row; Enter is the row's own. */
export function useListKeys() {
  return {
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const step = event.key === "ArrowDown" || event.key === "j" ? 1 : event.key === "ArrowUp" || event.key === "k" ? -1 : 0;
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
      const at = rows.findIndex(row => row.contains(document.activeElement));
      rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
      event.preventDefault();
    },
  };
}
