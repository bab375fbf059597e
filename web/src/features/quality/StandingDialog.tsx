import { Button, NumberInput, Textarea } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { quality as m } from "../../messages/en/quality";
import { shell } from "../../messages/en/shell";
import css from "./StandingDialog.module.css";
import { type ContributorQuality, decideStanding, type StandingChoice } from "./server";

/** A person decides about somebody's work: the grounds before them, four things to do, and why. */
export function StandingDialog(props: { projectId: string; row: ContributorQuality | null; onClose: () => void }) {
  const { projectId, row, onClose } = props;
  return (
    <Dialog open={row !== null} onClose={onClose} title={row ? m.decision.title(row.display_name) : ""} width={560}>
      {row && <Form key={row.contributor} projectId={projectId} row={row} onClose={onClose} />}
    </Dialog>
  );
}

function Form({ projectId, row, onClose }: { projectId: string; row: ContributorQuality; onClose: () => void }) {
  const client = useQueryClient();
  const choices = choicesFor(row);
  const [choice, setChoice] = useState<StandingChoice>(choices[0] ?? "retrain");
  const [tasks, setTasks] = useState<number | string>(10);
  const [note, setNote] = useState("");
  const counts = choice === "retrain" || choice === "evaluate";
  const decide = useMutation({
    mutationFn: () =>
      decideStanding(projectId, row.contributor, {
        choice,
        ...(counts ? { tasks: Math.max(1, Number(tasks) || 1) } : {}),
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["projects", projectId, "quality"] });
      onClose();
    },
  });
  const grounds = [row.gate.verdict === "propose_retraining" ? row.gate.reason : null, row.drift.alarm ? row.drift.reason : null].filter(
    each => each !== null,
  );
  return (
    <form
      className={css.form}
      onSubmit={event => {
        event.preventDefault();
        decide.mutate();
      }}
    >
      {grounds.length > 0 && (
        <div className={css.grounds}>
          <h3>{m.decision.grounds}</h3>
          {grounds.map(each => (
            <p key={each}>{each}</p>
          ))}
        </div>
      )}
      {row.decision && (
        <p className="soft">
          {m.decision.last} {m.people.decided(m.decision.choices[row.decision.choice] ?? row.decision.choice, row.decision.decided_by_name)}
          , <Time at={row.decision.decided_at} />
          {row.decision.note && `: ${row.decision.note}`}
        </p>
      )}
      <fieldset className={css.choices}>
        <legend>{m.decision.choice}</legend>
        {choices.map((each, i) => (
          <label key={each} className={css.choice}>
            <input
              type="radio"
              name="choice"
              value={each}
              checked={choice === each}
              onChange={() => setChoice(each)}
              {...(i === 0 ? { "data-first": true } : {})}
            />
            <span>
              <strong>{m.decision.choices[each]}</strong>
              <span className="soft">{m.decision.help[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {counts && (
        <NumberInput
          label={choice === "retrain" ? m.decision.tasks : m.decision.evaluations}
          min={1}
          max={200}
          allowDecimal={false}
          value={tasks}
          onChange={setTasks}
        />
      )}
      <Textarea
        label={m.decision.note}
        description={choice === "retrain" ? m.decision.noteHelp : m.decision.noteHelpKept}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      <Problem problem={decide.error} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button type="submit" loading={decide.isPending}>
          {m.decision.done}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What can be done depends on where somebody stands. */
function choicesFor(row: ContributorQuality): readonly StandingChoice[] {
  const isApart = row.standing.state === "training" || row.standing.state === "evaluation";
  return isApart ? ["restore", "retrain", "evaluate"] : ["retrain", "evaluate", "dismiss"];
}
