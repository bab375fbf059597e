import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { Figure, Figures } from "../../components/Figure";
import { count, enDash, percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Meter } from "../../components/Meter";
import { Section } from "../../components/Page";
import { Empty, Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { State, type Tone } from "../../components/State";
import { Time } from "../../components/Time";
import { orders as m } from "../../messages/en/orders";
import { ProjectFrame } from "../project/ProjectFrame";
import { minor, useCurrency } from "./currency";
import { OrderDialog } from "./OrderDialog";
import css from "./OrdersPage.module.css";
import { Looks } from "./Plan";
import { cancelOrder, listOrders, type Order, takeLook } from "./server";

export const ordersQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "orders"],
    queryFn: ({ signal }) => listOrders(projectId, signal),
    select: page => page.items,
    refetchInterval: 10_000,
  });

/** Labels ordered to a bound: what was asked for, how far it is, what it costs. */
export default function OrdersPage({ projectId }: { projectId: string }) {
  const orders = useQuery(ordersQuery(projectId));
  const [ordering, setOrdering] = useState(false);
  const button = (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setOrdering(true)}>
      {m.place}
    </Button>
  );
  return (
    <ProjectFrame
      projectId={projectId}
      title={m.title}
      lead={<span>{m.lead}</span>}
      action={() => (orders.data?.length ?? 0) > 0 && button}
    >
      {() => (
        <>
          <Problem problem={orders.error} retry={() => orders.refetch()} />
          {orders.isPending && <Waiting rows={2} height={120} label={m.loading} />}
          {orders.data?.length === 0 && (
            <Empty title={m.empty} action={button}>
              <p>{m.emptyText}</p>
            </Empty>
          )}
          {orders.data?.map(order => (
            <OrderView key={order.id} projectId={projectId} order={order} />
          ))}
          <OrderDialog projectId={projectId} open={ordering} onClose={() => setOrdering(false)} />
        </>
      )}
    </ProjectFrame>
  );
}

const tones: Record<Order["progress"]["state"], Tone> = { running: "plain", met: "good", not_met: "wrong", cancelled: "plain" };

function OrderView({ projectId, order }: { projectId: string; order: Order }) {
  const client = useQueryClient();
  const [currency] = useCurrency();
  const [asking, setAsking] = useState(false);
  const { progress, plan } = order;
  const { accuracy, confidence, budget_minor: budget } = order.terms;
  const title = m.of(share(accuracy), share(confidence));
  const cancel = useMutation({
    mutationFn: () => cancelOrder(order.id),
    onSuccess: async () => {
      setAsking(false);
      await client.invalidateQueries({ queryKey: ["projects", projectId, "orders"] });
    },
  });
  const look = useMutation({
    mutationFn: () => takeLook(order.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["projects", projectId] }),
  });
  return (
    <Section
      title={title}
      aside={
        <span className={css.aside}>
          <State tone={tones[progress.state]} {...(progress.state === "met" ? { icon: "check" as const } : {})}>
            {m.states[progress.state] ?? progress.state}
          </State>
          <span className="meta">
            {m.ordered} <Time at={order.created_at} />
          </span>
          {progress.state === "running" && (
            <Button variant="subtle" size="compact-xs" onClick={() => setAsking(true)}>
              {m.cancel}
            </Button>
          )}
        </span>
      }
    >
      <Panel>
        <p>{progress.sentence}</p>
        {progress.state === "running" && (
          <div className={css.look}>
            <Button variant="default" size="compact-sm" loading={look.isPending} onClick={() => look.mutate()}>
              {m.look}
            </Button>
            <span className="meta">{m.lookHelp}</span>
          </div>
        )}
        <Problem problem={look.error} />
        {budget > 0 && (
          <div className={css.budget}>
            <Meter share={progress.spent_minor / budget} label={m.progress.spent} />
          </div>
        )}
      </Panel>
      <Figures>
        <Figure label={m.progress.tasks} value={count(progress.tasks_done)} />
        <Figure label={m.progress.audited} value={count(progress.audited)} note={m.progress.errors(count(progress.errors))} />
        <Figure
          label={m.progress.bound}
          value={progress.lower_bound === null ? enDash : percent(progress.lower_bound, 2)}
          note={m.progress.boundNote(share(accuracy))}
        />
        <Figure
          label={m.progress.spent}
          value={minor(progress.spent_minor, currency)}
          note={budget > 0 ? m.progress.ofBudget(minor(budget, currency)) : undefined}
        />
      </Figures>
      <Looks plan={plan} progress={progress} />
      <Dialog open={asking} onClose={() => setAsking(false)} title={m.cancel}>
        <p>{m.cancelText}</p>
        <Problem problem={cancel.error} />
        <DialogActions>
          <Button variant="default" onClick={() => setAsking(false)}>
            {m.keep}
          </Button>
          <Button loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {m.cancel}
          </Button>
        </DialogActions>
      </Dialog>
    </Section>
  );
}

const share = (value: number) => percent(value, Math.abs(value * 100 - Math.round(value * 100)) < 1e-9 ? 0 : 1);
