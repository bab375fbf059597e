import { Button } from "@mantine/core";
import type { ComponentProps } from "react";
import { review as m } from "../../messages/en/review";
import { Differences } from "./Differences";
import { Layers } from "./Layers";
import { sideName } from "./names";
import css from "./ReviewPage.module.css";
import { type Case, peopleOf, type Sight } from "./sides";

/** Whose answers are seen, and where they differ. */
export function ComparePanel(
  props: ComponentProps<typeof Differences> & { sight: Sight; onSight: (sight: Sight) => void; onBegin: (side: string) => void },
) {
  const { sight, onSight, onBegin, ...differences } = props;
  const { of, scene } = differences;
  return (
    <>
      <Layers of={of} decided={scene.shapes.length} sight={sight} onSight={onSight} />
      {!of.lease.consensus && scene.shapes.length === 0 && <Beginnings of={of} onBegin={onBegin} />}
      <Differences {...differences} />
      <p className={css.phoneNote}>{m.noDrawing}</p>
    </>
  );
}

/** Without a consensus one may begin with what somebody said. */
function Beginnings({ of, onBegin }: { of: Case; onBegin: (side: string) => void }) {
  return (
    <div className={css.begin}>
      {peopleOf(of).map(side => (
        <Button key={side.id} variant="default" size="compact-sm" onClick={() => onBegin(side.id)}>
          {m.beginWith(sideName(side))}
        </Button>
      ))}
    </div>
  );
}
