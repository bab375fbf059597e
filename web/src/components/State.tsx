import { Icon, type IconName } from "./Icon";
import css from "./State.module.css";

export type Tone = "plain" | "good" | "attention" | "wrong";

/** A state as a word with a sign; the colour only repeats it. */
export function State({ tone, icon, children }: { tone: Tone; icon?: IconName; children: string }) {
  return (
    <span className={css.state} data-tone={tone}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}
