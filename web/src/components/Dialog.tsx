import { ActionIcon } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { shell } from "../messages/en/shell";
import css from "./Dialog.module.css";
import { Icon } from "./Icon";

/**
 * A dialog on the browser's own element, which keeps the focus inside and gives it back. It closes by Escape or its own buttons; one that must be
 * answered passes no `onClose`. What carries `data-first` has the focus at first, or else what the browser finds first.
 */
export function Dialog(props: { open: boolean; onClose?: () => void; title: string; children: ReactNode; width?: number; side?: boolean }) {
  const { open, onClose, title, children, width = 480, side = false } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      className={side ? css.side : css.dialog}
      style={{ width: `min(${width}px, 100vw - ${side ? 0 : 32}px)` }}
      aria-labelledby={heading}
      onCancel={event => {
        event.preventDefault();
        onClose?.();
      }}
    >
      {open && (
        <div className={css.body}>
          <div className={css.head}>
            <h2 id={heading}>{title}</h2>
            {onClose && (
              <ActionIcon variant="subtle" aria-label={shell.close} onClick={onClose}>
                <Icon name="cross" size={16} />
              </ActionIcon>
            )}
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={css.actions}>{children}</div>;
}
