import { Button, NumberInput, Select } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { count, percent } from "../../components/format";
import { Problem } from "../../components/Problem";
import { audits as m } from "../../messages/en/audits";
import { shell } from "../../messages/en/shell";
import type { ProjectView } from "../project/queries";
import type { Progress } from "../projects/progress";
import css from "./DrawAuditDialog.module.css";
import { drawAudit, planAudit, type Stratification } from "./server";

/** Draws an audit: how many it takes for a promise, how it is drawn, what share two people judge. */
export function DrawAuditDialog(props: { project: ProjectView; progress: Progress; open: boolean; onClose: () => void }) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={m.draw} width={560}>
      {props.open && <Form {...props} />}
    </Dialog>
  );
}

function Form({ project, progress, onClose }: { project: ProjectView; progress: Progress; onClose: () => void }) {
  const client = useQueryClient();
  const settings = project.settings?.audit as { share?: number; twice?: number } | undefined;
  const suggested = Math.max(1, Math.round(progress.done * (settings?.share || 0.05)));
  const [size, setSize] = useState<number | null>(null);
  const [strata, setStrata] = useState<Stratification>(progress.done >= 200 ? "class_and_confidence" : "none");
  const [twice, setTwice] = useState(Math.round((settings?.twice ?? 0.2) * 100));
  const [accuracy, setAccuracy] = useState(98);
  const [confidence, setConfidence] = useState(95);
  const wanted = Math.min(size ?? suggested, progress.done);
  const asked = useDeferredValue({ accuracy: accuracy / 100, confidence: confidence / 100, strata });
  const isAsked = accuracy > 0 && accuracy < 100 && confidence > 50 && confidence < 100;
  const plan = useQuery({
    queryKey: ["projects", project.id, "audit_plan", asked],
    queryFn: ({ signal }) => planAudit(project.id, asked, signal),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const draw = useMutation({
    mutationFn: () => drawAudit(project.id, { size: wanted, strata, twice: twice / 100 }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["projects", project.id] });
      onClose();
    },
  });
  // Half-width at 95 % for an accuracy near nine in ten, without clustering: a feel for the size, not a promise.
  const half = 1.96 * Math.sqrt((0.9 * 0.1) / Math.max(wanted, 1)) * Math.sqrt(Math.max(1 - wanted / Math.max(progress.done, 1), 0));
  const planned = plan.data?.size ?? null;
  return (
    <>
      <p className="soft">{m.explain}</p>
      <fieldset className={css.plan}>
        <legend>{m.planTitle}</legend>
        <div className={css.pair}>
          <NumberInput
            label={m.atLeast}
            min={50}
            max={99.9}
            step={0.5}
            decimalScale={2}
            value={accuracy}
            onChange={value => setAccuracy(Number(value))}
          />
          <NumberInput
            label={m.withConfidence}
            min={51}
            max={99.9}
            step={1}
            decimalScale={2}
            value={confidence}
            onChange={value => setConfidence(Number(value))}
          />
        </div>
        <p role="status">{plan.isPending && isAsked ? m.planning : plan.data?.sentence}</p>
        <Problem problem={plan.error} />
        {plan.data && <p className="meta">{m.auditors(plan.data.auditors)}</p>}
        {planned !== null && planned !== wanted && (
          <div>
            <Button variant="default" size="compact-sm" onClick={() => setSize(planned)}>
              {m.take(count(planned))}
            </Button>
          </div>
        )}
      </fieldset>
      <div className={css.pair}>
        <NumberInput
          label={m.size}
          description={m.of(count(progress.done))}
          min={1}
          max={progress.done}
          allowDecimal={false}
          value={wanted}
          onChange={value => setSize(typeof value === "number" ? value : Number.parseInt(value, 10) || null)}
        />
        <NumberInput
          label={m.twice}
          description={m.ofDrawn(count(wanted))}
          min={0}
          max={100}
          value={twice}
          onChange={value => setTwice(Math.min(Math.max(Number(value) || 0, 0), 100))}
        />
      </div>
      <p className="meta">
        {m.halfWidth(percent(half))} {m.twiceHelp}
      </p>
      <Select
        label={m.strata}
        description={m.strataHelp[strata]}
        value={strata}
        onChange={value => value && setStrata(value as Stratification)}
        data={Object.entries(m.strataOf).map(([value, label]) => ({ value, label }))}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      <Problem problem={draw.error} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button onClick={() => draw.mutate()} loading={draw.isPending}>
          {m.drawNow(count(wanted))}
        </Button>
      </DialogActions>
    </>
  );
}
