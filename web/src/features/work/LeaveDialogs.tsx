import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { workbench as m } from "../../messages/en/workbench";
import css from "./LeaveDialogs.module.css";

const LONGEST = 1000;

/** Asks why a task is skipped: one of the usual reasons by its number, or one's own words. */
export function SkipDialog(props: { open: boolean; suggestion: string | null; onClose: () => void; onSkip: (reason: string) => void }) {
  const { open, suggestion, onClose, onSkip } = props;
  return (
    <Dialog open={open} onClose={onClose} title={m.skipTitle} width={440}>
      <SkipForm suggestion={suggestion} onClose={onClose} onSkip={onSkip} />
    </Dialog>
  );
}

function SkipForm({ suggestion, onClose, onSkip }: { suggestion: string | null; onClose: () => void; onSkip: (reason: string) => void }) {
  const [own, setOwn] = useState(suggestion ?? "");
  const reason = own.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason) onSkip(reason);
  };
  return (
    <form
      className={css.form}
      onSubmit={submit}
      onKeyDown={event => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && reason) onSkip(reason);
        const numbered = event.target instanceof HTMLTextAreaElement ? undefined : m.skipReasons[Number(event.key) - 1];
        if (numbered !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) setOwn(numbered);
      }}
    >
      <p className="soft">{m.skipText}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with the rest */}
      <div role="group" aria-label={m.skipReason} className={css.reasons}>
        {m.skipReasons.map((each, i) => (
          <button key={each} type="button" data-first={i === 0 || undefined} aria-pressed={own === each} onClick={() => setOwn(each)}>
            <kbd aria-hidden>{i + 1}</kbd> {each}
          </button>
        ))}
      </div>
      <label className={css.own}>
        {m.skipOwn}
        <textarea rows={2} maxLength={LONGEST} value={own} onChange={event => setOwn(event.currentTarget.value)} />
      </label>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {m.cancel}
        </Button>
        <Button type="submit" disabled={!reason}>
          {m.skipDo}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Asks before drawn work is dropped. */
export function ReturnDialog({ open, onClose, onReturn }: { open: boolean; onClose: () => void; onReturn: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={m.returnTitle} width={420}>
      <p className="soft">{m.returnText}</p>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {m.cancel}
        </Button>
        <Button onClick={onReturn}>{m.returnDo}</Button>
      </DialogActions>
    </Dialog>
  );
}
