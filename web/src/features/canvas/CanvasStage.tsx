import { useComputedColorScheme } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { createWorkbenchEngine, type SessionCommand, type ShapeRef, type WorkbenchEngine } from "../../engine";
import css from "./CanvasStage.module.css";

/** What lies beyond the picture. */
const grounds = { light: "#cfd4d9", dark: "#0c0f11" } as const;

export interface CanvasStageProps {
  /** What the canvas is called to those who do not see it. */
  label: string;
  /** Told the engine once there is one, and null when it ends. */
  onEngine: (engine: WorkbenchEngine | null) => void;
  onCommand?: (command: SessionCommand) => void;
  onPick?: (ref: ShapeRef) => void;
  /** Nothing may be drawn now. */
  inert?: boolean;
  /** What is laid over the canvas. */
  children?: ReactNode;
}

/** Owns an engine for as long as it stands on the page. The page around it opens tasks in the engine and reads its state. */
export function CanvasStage({ label, onEngine, onCommand, onPick, inert = false, children }: CanvasStageProps) {
  const scheme = useComputedColorScheme("light");
  const [engine, setEngine] = useState<WorkbenchEngine | null>(null);
  // The engine outlives each render: it always calls what was given last.
  const latest = useRef({ label, onEngine, onCommand, onPick });
  latest.current = { label, onEngine, onCommand, onPick };

  const stand = useCallback((container: HTMLDivElement | null) => {
    if (!container) return;
    const made = createWorkbenchEngine({
      container,
      label: latest.current.label,
      onCommand: command => latest.current.onCommand?.(command),
      onPick: ref => latest.current.onPick?.(ref),
    });
    setEngine(made);
    latest.current.onEngine(made);
    return () => {
      setEngine(null);
      latest.current.onEngine(null);
      made.destroy();
    };
  }, []);

  useEffect(() => engine?.setDisplay({ background: grounds[scheme] }), [engine, scheme]);

  return (
    <div className={css.stage}>
      <div ref={stand} className={css.canvas} data-canvas inert={inert} />
      {children}
    </div>
  );
}
