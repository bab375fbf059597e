import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { review as m } from "../../messages/en/review";
import { shell } from "../../messages/en/shell";

/** Takes a task out for good, with a reason that stays with it. */
export function WithdrawDialog({ open, onClose, onWithdraw }: { open: boolean; onClose: () => void; onWithdraw: (text: string) => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={m.withdrawTitle}>
      {open && <Fields onClose={onClose} onWithdraw={onWithdraw} />}
    </Dialog>
  );
}

function Fields({ onClose, onWithdraw }: { onClose: () => void; onWithdraw: (text: string) => void }) {
  const [text, setText] = useState("");
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        if (text.trim()) onWithdraw(text.trim());
      }}
    >
      <p className="soft">{m.withdrawText}</p>
      <Textarea
        aria-label={m.why}
        rows={3}
        maxLength={4000}
        dir="auto"
        data-autofocus
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button type="submit" disabled={text.trim() === ""}>
          {m.withdrawNow}
        </Button>
      </DialogActions>
    </form>
  );
}
