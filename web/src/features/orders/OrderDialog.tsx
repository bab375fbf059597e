import { Button, NumberInput, Select } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { fieldError, Problem } from "../../components/Problem";
import { orders as m } from "../../messages/en/orders";
import { shell } from "../../messages/en/shell";
import { CURRENCIES, toMinor, toMinorParts, useCurrency } from "./currency";
import css from "./OrdersPage.module.css";
import { PlanView } from "./Plan";
import { type OrderTerms, placeOrder, planOrder } from "./server";

/** Names a bound and a budget; the plan is shown before anything is ordered. */
export function OrderDialog({ projectId, open, onClose }: { projectId: string; open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={m.form.title} width={720}>
      {open && <Form projectId={projectId} onClose={onClose} />}
    </Dialog>
  );
}

const POINTERS = ["/accuracy", "/confidence", "/budget_minor", "/answer_cost_minor", "/audit_cost_minor"];

function Form({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const client = useQueryClient();
  const [currency, setCurrency] = useCurrency();
  const [draft, setDraft] = useState({ accuracy: 98, confidence: 95, budget: 1000, answer: 0.1, audit: 0.5 });
  const terms: OrderTerms = {
    accuracy: draft.accuracy / 100,
    confidence: draft.confidence / 100,
    budget_minor: toMinor(draft.budget, currency),
    answer_cost_minor: toMinorParts(draft.answer, currency),
    audit_cost_minor: toMinorParts(draft.audit, currency),
  };
  const plan = useMutation({ mutationFn: () => planOrder(projectId, terms) });
  const order = useMutation({
    mutationFn: () => placeOrder(projectId, terms),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["projects", projectId] });
      onClose();
    },
  });
  const number = (name: keyof typeof draft, pointer: string) => ({
    value: draft[name],
    min: 0,
    onChange: (value: string | number) => {
      setDraft({ ...draft, [name]: Number(value) });
      // What was planned is no longer what is asked for.
      plan.reset();
    },
    error: fieldError(plan.error ?? order.error, pointer),
  });
  return (
    <form
      className={css.form}
      onSubmit={event => {
        event.preventDefault();
        plan.mutate();
      }}
    >
      <div className={css.fields}>
        <NumberInput label={m.form.accuracy} max={99.99} decimalScale={2} {...number("accuracy", "/accuracy")} />
        <NumberInput label={m.form.confidence} max={99.99} decimalScale={2} {...number("confidence", "/confidence")} />
        <NumberInput label={m.form.budget} decimalScale={2} {...number("budget", "/budget_minor")} />
        <NumberInput label={m.form.answer} decimalScale={4} {...number("answer", "/answer_cost_minor")} />
        <NumberInput label={m.form.audit} decimalScale={4} {...number("audit", "/audit_cost_minor")} />
        <Select
          label={m.form.currency}
          value={currency}
          onChange={value => {
            if (value) setCurrency(value);
            plan.reset();
          }}
          data={CURRENCIES}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
      </div>
      <Problem problem={plan.error ?? order.error} shown={POINTERS} />
      {plan.data && <PlanView plan={plan.data} currency={currency} />}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button type="submit" variant={plan.data ? "default" : "filled"} loading={plan.isPending}>
          {m.form.preview}
        </Button>
        {plan.data && (
          <Button disabled={!plan.data.is_feasible} loading={order.isPending} onClick={() => order.mutate()}>
            {m.form.order}
          </Button>
        )}
      </DialogActions>
    </form>
  );
}
