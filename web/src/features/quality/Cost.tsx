import { NumberInput, Select } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import { useState } from "react";
import { Figure, Figures } from "../../components/Figure";
import { count, duration, enDash } from "../../components/format";
import { Section } from "../../components/Page";
import { quality as m } from "../../messages/en/quality";
import { costOf, money } from "./money";
import css from "./QualityPage.module.css";
import type { CostFigures } from "./server";

const CURRENCIES = ["EUR", "USD", "GBP", "INR", "JPY"];

/** What an accepted label takes: measured time, and money where somebody says what an hour costs. */
export function Cost({ projectId, cost }: { projectId: string; cost: CostFigures }) {
  const name = `touchstone-hour/${projectId}`;
  const [hour, setHour] = useState(() => readHour(localStorage.getItem(name)));
  const change = (part: Partial<typeof hour>) => {
    const next = { ...hour, ...part };
    setHour(next);
    localStorage.setItem(name, JSON.stringify(next));
  };
  const perLabel = costOf(cost.milliseconds_per_label, hour.amount);
  const all = costOf(cost.active_milliseconds, hour.amount);
  return (
    <Section title={m.cost.title}>
      <Figures>
        <Figure label={m.cost.perLabel} value={time(cost.milliseconds_per_label)} />
        <Figure label={m.cost.perTask} value={time(cost.milliseconds_per_task)} />
        <Figure label={m.cost.labels} value={count(cost.accepted_labels)} />
        <Figure label={m.cost.active} value={duration(cost.active_milliseconds)} />
        {perLabel !== null && (
          <Figure
            label={m.cost.money}
            value={money(perLabel, hour.currency)}
            note={`${money(perLabel * 1000, hour.currency)} ${m.cost.perThousand}`}
          />
        )}
        {all !== null && <Figure label={m.cost.moneyAll} value={money(all, hour.currency)} note={m.cost.moneyNote} />}
      </Figures>
      <div className={css.rate}>
        <NumberInput
          label={m.cost.rate}
          description={m.cost.rateHelp}
          min={0}
          max={100_000}
          decimalScale={2}
          value={hour.amount ?? ""}
          onChange={value => change({ amount: value === "" || Number(value) <= 0 ? null : Number(value) })}
        />
        <Select
          label={m.cost.currency}
          value={hour.currency}
          onChange={currency => currency && change({ currency })}
          data={CURRENCIES}
          allowDeselect={false}
        />
      </div>
    </Section>
  );
}

const time = (milliseconds: number | null) =>
  milliseconds === null ? enDash : milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)}\u202fs` : duration(milliseconds);

interface Hour {
  amount: number | null;
  currency: string;
}

function readHour(kept: string | null): Hour {
  const standard: Hour = { amount: null, currency: "EUR" };
  try {
    const value: unknown = kept === null ? null : JSON.parse(kept);
    if (typeof value !== "object" || value === null) return standard;
    const { amount, currency } = value as Partial<Record<keyof Hour, unknown>>;
    return {
      amount: typeof amount === "number" && amount > 0 ? amount : null,
      currency: typeof currency === "string" && CURRENCIES.includes(currency) ? currency : standard.currency,
    };
  } catch {
    // What another version wrote is no reason to fail: it is asked again.
    return standard;
  }
}
