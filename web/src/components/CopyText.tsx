import { Button } from "@mantine/core";
import { useState } from "react";
import { shell } from "../messages/en/shell";
import css from "./CopyText.module.css";
import { Icon } from "./Icon";

/** Something to be sent on, such as a link, with a button that copies it. */
export function CopyText({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // Without the right to the clipboard (plain HTTP on another machine) the text stands there, selected by a click.
      setCopied(false);
    }
  };
  return (
    <div className={css.copy}>
      <input readOnly value={value} aria-label={label} onFocus={event => event.currentTarget.select()} />
      <Button variant="default" leftSection={<Icon name={copied ? "check" : "copy"} size={16} />} onClick={copy}>
        {copied ? shell.copied : shell.copy}
      </Button>
    </div>
  );
}
