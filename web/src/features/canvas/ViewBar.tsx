import { Popover, Tooltip } from "@mantine/core";
import { Icon, type IconName } from "../../components/Icon";
import type { WorkbenchEngine } from "../../engine";
import { canvas as m } from "../../messages/en/canvas";
import { useEngineState } from "./engine";
import { keyText } from "./keys";
import css from "./ViewBar.module.css";

/** Zoom, fit, brightness and contrast. */
export function ViewBar({ engine }: { engine: WorkbenchEngine | null }) {
  const zoom = useEngineState(engine, state => Math.round(state.zoom * 1000) / 10) ?? 100;
  return (
    <div className={css.bar}>
      <BarButton icon="minus" label={m.zoomOut} shortcut="-" onClick={() => engine?.zoomBy(0.8)} />
      <span className={css.zoom} title={m.zoom}>
        {`${zoom < 10 ? zoom : Math.round(zoom)}\u202f%`}
      </span>
      <BarButton icon="plus" label={m.zoomIn} shortcut="+" onClick={() => engine?.zoomBy(1.25)} />
      <BarButton icon="fit" label={m.fit} shortcut="Home" onClick={() => engine?.fit()} />
      {engine && <DisplayControl engine={engine} />}
    </div>
  );
}

function DisplayControl({ engine }: { engine: WorkbenchEngine }) {
  const display = useEngineState(engine, state => state.display);
  if (!display) return null;
  const changed = display.brightness !== 1 || display.contrast !== 1;
  const slider = (label: string, value: number, set: (value: number) => void) => (
    <label className={css.slider}>
      <span>{label}</span>
      <input
        type="range"
        min={20}
        max={300}
        step={5}
        value={Math.round(value * 100)}
        onChange={event => set(Number(event.currentTarget.value) / 100)}
      />
      <output>{`${Math.round(value * 100)}\u202f%`}</output>
    </label>
  );
  return (
    <Popover position="top-start" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={css.button} aria-label={m.display} data-changed={changed}>
          <Icon name="contrast" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={css.sliders}>
          {slider(m.brightness, display.brightness, brightness => engine.setDisplay({ brightness }))}
          {slider(m.contrast, display.contrast, contrast => engine.setDisplay({ contrast }))}
          {/* Never disabled: it would lose the focus to nowhere, and Escape with it. */}
          <button type="button" className={css.reset} onClick={() => engine.setDisplay({ brightness: 1, contrast: 1 })}>
            {m.reset}
          </button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A small sign among others, with its name and key on hover. */
export function BarButton(props: {
  icon: IconName;
  label: string;
  shortcut?: string | undefined;
  pressed?: boolean;
  zoom?: boolean;
  onClick: () => void;
}) {
  const { icon, label, shortcut, pressed, onClick } = props;
  return (
    <Tooltip label={shortcut ? `${label}  ${keyText(shortcut)}` : label}>
      <button type="button" className={css.button} aria-label={label} aria-pressed={pressed} onClick={onClick}>
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
