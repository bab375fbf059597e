import { Button } from "@mantine/core";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { Icon } from "../../components/Icon";
import { imports as m } from "../../messages/en/imports";
import css from "./DropZone.module.css";
import { type Dropped, fromDrop, fromFiles } from "./sources";

/** Where a folder or files are dropped, or chosen by those who cannot drop. */
export function DropZone(props: {
  title: string;
  text: ReactNode;
  note?: string;
  /** Kinds of file that the dialog offers; all of them without it. */
  accept?: string;
  small?: boolean;
  onDropped: (dropped: Promise<Dropped> | Dropped) => void;
}) {
  const { title, text, note, accept, small = false, onDropped } = props;
  const [over, setOver] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === "dragover");
  };
  const choose = (input: HTMLInputElement) => {
    if (input.files && input.files.length > 0) onDropped(fromFiles(input.files));
    input.value = "";
  };
  return (
    <section
      className={css.zone}
      data-over={over}
      data-small={small}
      aria-label={title}
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={event => {
        drag(event);
        onDropped(fromDrop(event.dataTransfer.items));
      }}
    >
      {!small && <Icon name={accept ? "image" : "upload"} size={32} />}
      <h2>{title}</h2>
      <p className="soft">{text}</p>
      <div className={css.choices}>
        <Button variant={small ? "default" : "filled"} onClick={() => folder.current?.click()}>
          {m.chooseFolder}
        </Button>
        <Button variant="default" onClick={() => files.current?.click()}>
          {m.chooseFiles}
        </Button>
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        aria-label={m.chooseFolder}
        data-testid="folder"
        {...{ webkitdirectory: "" }}
        onChange={event => choose(event.currentTarget)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept={accept}
        aria-label={m.chooseFiles}
        data-testid="files"
        onChange={event => choose(event.currentTarget)}
      />
      {note && <p className="meta">{note}</p>}
    </section>
  );
}
