import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { DialogActions } from "../../components/Dialog";
import { Problem } from "../../components/Problem";
import { gold as m } from "../../messages/en/gold";
import { shell } from "../../messages/en/shell";
import { addTraining } from "./server";
import css from "./UseForTraining.module.css";

/** Makes a training task of a decided one: its answers become the known ones, with an explanation. */
export function UseForTraining(props: { projectId: string; asset: string; name: string; answers: unknown }) {
  const { projectId, asset, name, answers } = props;
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [explanation, setExplanation] = useState("");
  const save = useMutation({
    mutationFn: () => addTraining(projectId, { asset, external_id: `training/${name}`, answers, explanation: explanation.trim() }),
    onSuccess: async ({ fault }) => {
      if (fault !== null) return;
      setOpen(false);
      await client.invalidateQueries({ queryKey: ["projects", projectId] });
    },
  });
  if (!isOpen)
    return (
      <>
        {save.data && save.data.fault === null && <p role="status">{save.data.imported > 0 ? m.added : m.addedBefore}</p>}
        <Button variant="default" onClick={() => setOpen(true)}>
          {m.useForTraining}
        </Button>
      </>
    );
  return (
    <section className={css.form} aria-label={m.trainingTitle}>
      <h3>{m.trainingTitle}</h3>
      <p className="soft">{m.trainingText}</p>
      <Textarea
        label={m.explanation}
        description={m.explanationHelp}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={10_000}
        value={explanation}
        onChange={event => setExplanation(event.currentTarget.value)}
        error={save.data?.fault ?? undefined}
      />
      <Problem problem={save.error} />
      <DialogActions>
        <Button variant="default" onClick={() => setOpen(false)}>
          {shell.cancel}
        </Button>
        <Button loading={save.isPending} disabled={explanation.trim() === ""} onClick={() => save.mutate()}>
          {m.save}
        </Button>
      </DialogActions>
    </section>
  );
}
