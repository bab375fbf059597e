import type { Schemas } from "../../api/client";
import { State } from "../../components/State";
import { projects as m } from "../../messages/en/projects";

export function ProjectState({ state }: { state: Schemas["ProjectState"] }) {
  switch (state) {
    case "active":
      return (
        <State tone="good" icon="play">
          {m.states.active}
        </State>
      );
    case "paused":
      return (
        <State tone="attention" icon="pause">
          {m.states.paused}
        </State>
      );
    case "archived":
      return <State tone="plain">{m.states.archived}</State>;
  }
}
