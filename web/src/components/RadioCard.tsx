import type { ReactNode } from "react";
import css from "./RadioCard.module.css";

/** One of several things to choose from that need a sentence each. Those that belong together share the group's name. */
export function RadioCard(props: {
  group: string;
  checked: boolean;
  onChoose: () => void;
  title: ReactNode;
  children?: ReactNode;
  disabled?: boolean;
}) {
  const { group, checked, onChoose, title, children, disabled = false } = props;
  return (
    <label className={css.card} data-checked={checked} data-disabled={disabled}>
      <input type="radio" name={group} checked={checked} disabled={disabled} onChange={onChoose} />
      <span className={css.text}>
        <span className={css.title}>{title}</span>
        {children}
      </span>
    </label>
  );
}
