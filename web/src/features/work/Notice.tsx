import type { ReactNode } from "react";
import { Icon, type IconName } from "../../components/Icon";
import css from "./Notice.module.css";

/** A line between the page's head and the picture: what happened, and what one can do. Nothing is covered by it. */
export function Notice(props: {
  tone: "plain" | "attention" | "wrong";
  icon: IconName;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const { tone, icon, title, children, actions } = props;
  return (
    <div className={css.notice} data-tone={tone} role={tone === "wrong" ? "alert" : "status"}>
      <Icon name={icon} size={16} />
      <div className={css.text}>
        <strong>{children ? `${title}.` : title}</strong> {children}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
