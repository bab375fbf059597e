import { Tooltip } from "@mantine/core";
import { Icon, type IconName } from "../../components/Icon";
import { workbench as m } from "../../messages/en/workbench";
import css from "./SaveLine.module.css";
import type { SaveState } from "./workSession";

const icons: Record<SaveState, IconName> = {
  saved: "saved",
  saving: "wait",
  local: "device",
  offline: "cloudOff",
  failing: "cloudOff",
  signed_out: "key",
  unsaved: "warning",
};

/** Where the work is, in honest words. `sequence` is the number of the last command that this holds of. */
export function SaveLine({ state, sequence }: { state: SaveState; sequence: number }) {
  return (
    <Tooltip label={m.saveHelp[state]} multiline w={280}>
      <output className={css.line} data-state={state} data-sequence={sequence}>
        <Icon name={icons[state]} size={15} />
        <span>{m.save[state]}</span>
      </output>
    </Tooltip>
  );
}
