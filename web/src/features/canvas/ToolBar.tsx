import { Tooltip } from "@mantine/core";
import { Icon, type IconName } from "../../components/Icon";
import { type OntologyIndex, type ToolId, toolFor, type WorkbenchEngine } from "../../engine";
import { canvas as m } from "../../messages/en/canvas";
import { useEngineState } from "./engine";
import { keyText } from "./keys";
import css from "./ToolBar.module.css";

const icons: Record<ToolId, IconName> = {
  select: "select",
  pan: "pan",
  box: "box",
  extreme_box: "extreme",
  rotated_box: "rotated",
  polygon: "polygon",
  polyline: "polyline",
  keypoints: "keypoints",
};

/** The tools that an ontology can use, select and the hand first. */
export function toolsOf(ontology: OntologyIndex): readonly ToolId[] {
  const kinds = new Set(ontology.shapes.flatMap(question => question.classes.flatMap(shapeClass => shapeClass.geometries)));
  const drawing = [...kinds].flatMap(kind => (kind === "box" ? (["box", "extreme_box"] as const) : [toolFor[kind]]));
  return ["select", "pan", ...drawing];
}

/** Tools with their keys, and undo and redo beneath them. */
export function ToolBar({ engine, keys }: { engine: WorkbenchEngine | null; keys: Partial<Record<ToolId, string>> }) {
  const tool = useEngineState(engine, state => state.tool);
  const ontology = useEngineState(engine, state => state.scene.ontology);
  const readOnly = useEngineState(engine, state => state.readOnly) ?? true;
  const canUndo = useEngineState(engine, state => state.canUndo || (state.busy && state.tool !== "select")) ?? false;
  const canRedo = useEngineState(engine, state => state.canRedo) ?? false;
  const tools = ontology ? toolsOf(ontology) : [];
  return (
    <div className={css.bar} role="toolbar" aria-label={m.tools} aria-orientation="vertical">
      {(readOnly ? tools.slice(0, 2) : tools).map(id => (
        <Press
          key={id}
          icon={icons[id]}
          label={m.tool[id]}
          shortcut={keys[id]}
          pressed={tool === id}
          onClick={() => {
            engine?.setTool(id);
            engine?.focus();
          }}
        />
      ))}
      {!readOnly && (
        <>
          <span className={css.rule} />
          <Press icon="undo" label={m.undo} shortcut="mod+z" disabled={!canUndo} onClick={() => engine?.undo()} />
          <Press icon="redo" label={m.redo} shortcut="mod+shift+z" disabled={!canRedo} onClick={() => engine?.redo()} />
        </>
      )}
    </div>
  );
}

function Press(props: {
  icon: IconName;
  label: string;
  shortcut: string | undefined;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}) {
  const { icon, label, shortcut, pressed, disabled = false, onClick } = props;
  return (
    <Tooltip label={shortcut ? `${label}  ${keyText(shortcut)}` : label} position="right">
      <button type="button" className={css.tool} aria-label={label} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
        <Icon name={icon} size={20} />
        {shortcut && !shortcut.includes("mod") && <span className={css.key}>{keyText(shortcut)}</span>}
      </button>
    </Tooltip>
  );
}
