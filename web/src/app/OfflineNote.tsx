import { useSyncExternalStore } from "react";
import { Icon } from "../components/Icon";
import { shell as m } from "../messages/en/shell";
import css from "./OfflineNote.module.css";

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

export function OfflineNote() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return online ? null : (
    <p className={css.note} role="status">
      <Icon name="warning" size={16} />
      {m.offline}
    </p>
  );
}
