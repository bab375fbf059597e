import { Figure, Figures } from "../../components/Figure";
import { count, enDash, percent } from "../../components/format";
import { State } from "../../components/State";
import { Table } from "../../components/Table";
import { orders as m } from "../../messages/en/orders";
import { minor } from "./currency";
import css from "./OrdersPage.module.css";
import type { OrderPlan, OrderProgress } from "./server";

/** What an order would take: answers, gold, audits, money. */
export function PlanView({ plan, currency }: { plan: OrderPlan; currency: string }) {
  return (
    <section className={css.plan} aria-label={m.plan.title}>
      <State tone={plan.is_feasible ? "good" : "wrong"} icon={plan.is_feasible ? "check" : "warning"}>
        {plan.is_feasible ? m.plan.feasible : m.plan.infeasible}
      </State>
      {!plan.is_feasible && <p>{plan.reason}</p>}
      <Figures>
        <Figure
          label={m.plan.overlap}
          value={m.plan.overlapValue(plan.overlap.min, plan.overlap.max)}
          note={m.plan.sure(percent(plan.overlap.confidence, plan.overlap.confidence > 0.99 ? 1 : 0))}
        />
        <Figure label={m.plan.gold} value={count(plan.gold_answers)} />
        <Figure label={m.plan.power} value={Number.isFinite(plan.power) ? percent(plan.power, 0) : enDash} note={m.plan.powerNote} />
        <Figure label={m.plan.expected} value={minor(plan.expected_cost_minor, currency)} />
        <Figure label={m.plan.largest} value={minor(plan.largest_cost_minor, currency)} />
      </Figures>
      <Looks plan={plan} />
    </section>
  );
}

/** When the audit is looked at, and what would end it there. */
export function Looks({ plan, progress }: { plan: OrderPlan; progress?: OrderProgress }) {
  if (plan.looks.length === 0) return null;
  const next = progress?.state === "running" ? plan.looks.findIndex(look => look.audited > (progress?.audited ?? 0)) : -1;
  return (
    <Table label={m.plan.looks}>
      <thead>
        <tr>
          <th scope="col">{m.plan.look}</th>
          <th scope="col" data-number>
            {m.plan.audited}
          </th>
          <th scope="col" data-number>
            {m.plan.allowed}
          </th>
          <th scope="col" data-number>
            {m.plan.atConfidence}
          </th>
        </tr>
      </thead>
      <tbody>
        {plan.looks.map((look, i) => (
          <tr key={look.audited}>
            <td>
              {i + 1}
              {i === next && <span className="meta"> {m.plan.next}</span>}
              {progress && look.audited <= progress.audited && <span className="meta"> {m.plan.done}</span>}
            </td>
            <td data-number>{count(look.audited)}</td>
            <td data-number>{look.allowed_errors < 0 ? enDash : count(look.allowed_errors)}</td>
            <td data-number>{percent(look.confidence, 2)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
