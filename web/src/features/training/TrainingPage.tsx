import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Link, useLocation } from "wouter";
import { count } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Problem } from "../../components/Problem";
import { indexOntology, type JsonValue, type ShapeLayer, type WorkbenchEngine } from "../../engine";
import { canvas as c } from "../../messages/en/canvas";
import { shell } from "../../messages/en/shell";
import { training as m } from "../../messages/en/training";
import { workbench as w } from "../../messages/en/workbench";
import { AttributeFields, QuestionFields } from "../canvas/AnswerFields";
import { answerKeys } from "../canvas/answers";
import { CanvasFrame, PanelPart } from "../canvas/CanvasFrame";
import { CanvasStage } from "../canvas/CanvasStage";
import { ClassPalette } from "../canvas/ClassPalette";
import { useEngineState } from "../canvas/engine";
import { shownFault } from "../canvas/faults";
import { HelpSheet } from "../canvas/HelpSheet";
import { assignKeys, keyText, ontologyKeys, toolKeys, useCanvasKeys } from "../canvas/keys";
import { ObjectList } from "../canvas/ObjectList";
import { objectKeys } from "../canvas/objectKeys";
import { ToolBar, toolsOf } from "../canvas/ToolBar";
import { BarButton, ViewBar } from "../canvas/ViewBar";
import type { Me } from "../sign-in/me";
import { InstructionsDrawer } from "../work/InstructionsDrawer";
import { Notice } from "../work/Notice";
import { useFocus, useInstructions, usePanOnPhone } from "../work/pageState";
import { FaultList } from "../work/Sayings";
import { fieldFaults } from "../work/useFaults";
import { useWorkProject } from "../work/useWorkProject";
import css from "../work/Workbench.module.css";
import { FeedbackPanel } from "./FeedbackPanel";
import { KNOWN, KNOWN_COLOUR, knownShapes, shapesAt, withSurroundings } from "./places";
import own from "./TrainingPage.module.css";
import { type TrainingState, trainingSize } from "./trainingSession";
import { useTrainingSession } from "./useTrainingSession";

/** Trains somebody at the same bench, openly: a task, what is known of it, the next. */
export default function TrainingPage({ projectId, me }: { projectId: string; me: Me }) {
  const [, go] = useLocation();
  const [engine, setEngine] = useState<WorkbenchEngine | null>(null);
  const session = useTrainingSession(engine, projectId, me.contributor_id);
  const state = useSyncExternalStore(session?.subscribe ?? silent, () => session?.getState() ?? null);
  const project = useWorkProject(projectId);
  const scene = useEngineState(engine, each => each.scene);
  const [help, setHelp] = useState(false);
  const [panelOpen, setPanelOpen] = useState(true);
  const [instructionsOpen, setInstructionsOpen] = useInstructions(projectId, project?.instructions);
  const [triedAt, setTriedAt] = useState(0);
  const opening = state?.opening ?? 0;
  const isTask = state?.phase === "task";
  const isFeedback = state?.phase === "feedback";
  const feedback = isFeedback ? state.feedback : null;
  const mayAct = isTask && !state.busy;
  const looks = useFeedback(engine, state);

  useEffect(() => {
    if (project) document.title = `${m.page(project.name)} · ${shell.name}`;
  }, [project]);
  useFocus(engine, mayAct || isFeedback, opening);
  usePanOnPhone(engine, opening);

  const submit = () => {
    if (!engine || !session || !mayAct) return;
    setTriedAt(opening);
    const [first] = engine.faults();
    if (first?.shape) engine.select([first.shape], { reveal: true });
    if (first) setPanelOpen(true);
    else void session.submit();
  };
  const forward = () => {
    if (isTask) submit();
    else if (isFeedback) void session?.next();
  };
  const ontology = state?.ontology ?? null;
  const tools = useMemo(() => (ontology ? toolKeys(ontology, toolsOf(indexOntology(ontology))) : {}), [ontology]);
  const instructionsKey = useMemo(
    () => assignKeys([["instructions", "i"]], new Set([...(ontology ? ontologyKeys(ontology) : []), ...Object.values(tools)])).instructions,
    [ontology, tools],
  );
  const keys = new Map<string, () => void>();
  if (engine && scene && isTask) {
    for (const [key, action] of [...objectKeys(engine), ...answerKeys(engine, scene.ontology)]) keys.set(key, action);
    for (const [tool, key] of Object.entries(tools)) keys.set(key, () => engine.setTool(tool as keyof typeof tools));
  }
  if (isFeedback) for (const [key, action] of looks.keys) keys.set(key, action);
  if (instructionsKey) keys.set(instructionsKey, () => setInstructionsOpen(!instructionsOpen));
  keys.set("mod+enter", forward);
  keys.set("?", () => setHelp(true));
  keys.set("\\", () => setPanelOpen(!panelOpen));
  useCanvasKeys(engine, keys, (isTask || isFeedback) && !state.busy);

  const faults = useMemo(
    () => (engine && scene && isTask && triedAt === opening && opening > 0 ? engine.faults().map(fault => shownFault(scene, fault)) : []),
    [engine, scene, isTask, triedAt, opening],
  );
  const marked = useMemo(() => new Set(faults.map(each => each.shape).filter(shape => shape !== null)), [faults]);
  const isBare = state !== null && !isTask && !isFeedback && state.phase !== "opening";
  const task = state?.task ?? null;
  return (
    <>
      <CanvasFrame
        top={
          <>
            <Link href="/work" className={css.back} aria-label={m.back} title={m.back}>
              <Icon name="back" />
            </Link>
            <h1 className={css.project} dir="auto">
              {project?.name ?? ""}
            </h1>
            <span className={own.badge}>{m.badge}</span>
            {task && <span className={own.count}>{m.left(Math.max(task.of - task.left + 1, 1), task.of)}</span>}
            <span className={css.space} />
            <span className={css.buttons}>
              {!isBare && (
                <BarButton
                  icon="book"
                  label={w.instructions}
                  shortcut={instructionsKey}
                  pressed={instructionsOpen}
                  onClick={() => setInstructionsOpen(!instructionsOpen)}
                />
              )}
              <BarButton icon="help" label={w.help} shortcut="?" onClick={() => setHelp(true)} />
            </span>
          </>
        }
        notices={state && <TrainingNotices state={state} draws={(scene?.ontology.shapes.length ?? 0) > 0} />}
        tools={isTask && <ToolBar engine={engine} keys={tools} />}
        stageStays
        bare={isBare}
        panelLabel={m.panel}
        panelOpen={panelOpen && (isTask || isFeedback)}
        stage={
          <div className={css.stage}>
            <CanvasStage label={m.canvas} inert={!(mayAct || isFeedback)} onEngine={setEngine} onCommand={() => session?.changed()}>
              {state && <Covers state={state} onRetry={() => void session?.next()} onWork={() => go(`/work/${projectId}`)} />}
              {instructionsOpen && (isTask || isFeedback) && (
                <InstructionsDrawer
                  projectId={projectId}
                  text={project?.instructions}
                  shortcut={instructionsKey}
                  onClose={() => setInstructionsOpen(false)}
                />
              )}
            </CanvasStage>
          </div>
        }
        panel={
          engine &&
          scene &&
          (isTask || isFeedback) && (
            <div className={css.panel} inert={state.busy}>
              {feedback ? (
                <FeedbackPanel feedback={feedback} {...looks.panel} />
              ) : (
                <>
                  {faults.length > 0 && <FaultList engine={engine} faults={faults} />}
                  {scene.ontology.shapes.length > 0 && (
                    <PanelPart title={c.classes} drawing>
                      <ClassPalette engine={engine} />
                    </PanelPart>
                  )}
                  {scene.ontology.ontology.questions.some(each => each.kind !== "shapes") && (
                    <PanelPart title={c.questions}>
                      <QuestionFields engine={engine} faults={fieldFaults(faults.filter(each => each.shape === null))} />
                    </PanelPart>
                  )}
                  {scene.selection.length > 0 && (
                    <PanelPart title={c.attributes}>
                      <AttributeFields engine={engine} />
                    </PanelPart>
                  )}
                  {scene.ontology.shapes.length > 0 && (
                    <PanelPart title={c.objectCount(count(scene.shapes.length))} grow>
                      <ObjectList engine={engine} marked={marked} />
                    </PanelPart>
                  )}
                </>
              )}
            </div>
          )
        }
        bottom={
          (isTask || isFeedback) && (
            <>
              <ViewBar engine={engine} />
              <div className={css.actions}>
                {faults.length > 0 && <span className={css.faultCount}>{c.faults(String(faults.length))}</span>}
                <Button size="xs" loading={state.busy} onClick={forward} className={css.submit}>
                  {isTask ? m.submit : (feedback?.left ?? 0) > 0 ? m.next : m.finish}
                  <span className={css.submitKey}>{keyText("mod+enter")}</span>
                </Button>
              </div>
            </>
          )
        }
      />
      <HelpSheet open={help} onClose={() => setHelp(false)} page={HELP} ontology={ontology} tools={tools} />
    </>
  );
}

/** What is looked at after a task was answered: the known answers over one's own, a difference at a time. */
function useFeedback(engine: WorkbenchEngine | null, state: TrainingState | null) {
  const [at, setAt] = useState<number | null>(null);
  const [isOwnShown, setOwn] = useState(true);
  const [isKnownShown, setKnown] = useState(true);
  const opening = state?.opening ?? 0;
  const [shownOpening, setShownOpening] = useState(0);
  if (opening !== shownOpening) {
    setShownOpening(opening);
    setAt(null);
    setOwn(true);
    setKnown(true);
  }
  const feedback = state?.phase === "feedback" ? state.feedback : null;
  const task = state?.task ?? null;
  const ontology = state?.ontology ?? null;
  const known = useMemo(
    () => (feedback && ontology && task ? knownShapes(indexOntology(ontology), trainingSize(task), feedback.known as JsonValue) : []),
    [feedback, ontology, task],
  );
  useEffect(() => {
    if (!engine) return;
    const layer: ShapeLayer = {
      id: KNOWN,
      colour: KNOWN_COLOUR,
      opacity: 1,
      dashed: true,
      filled: false,
      visible: isKnownShown,
      shapes: known,
    };
    engine.setLayers(feedback ? [layer] : []);
    engine.setOwnShown(feedback ? isOwnShown : true);
  }, [engine, feedback, known, isKnownShown, isOwnShown]);

  const differences = feedback?.differences ?? [];
  const goTo = (next: number) => {
    const difference = differences[next];
    if (!engine || !difference || !task) return;
    setAt(next);
    const { refs, bounds } = shapesAt(engine.getState().scene, known, difference);
    engine.highlight(refs);
    if (bounds) engine.zoomTo(withSurroundings(bounds, trainingSize(task)));
    else engine.fit();
  };
  const step = (by: 1 | -1) => {
    if (differences.length === 0) return;
    goTo(at === null ? (by > 0 ? 0 : differences.length - 1) : (at + by + differences.length) % differences.length);
  };
  const toggleOwn = () => setOwn(!isOwnShown);
  const toggleKnown = () => setKnown(!isKnownShown);
  return {
    panel: { at, onGo: goTo, onStep: step, isOwnShown, isKnownShown, onOwn: toggleOwn, onKnown: toggleKnown },
    keys: [
      ["n", () => step(1)],
      ["p", () => step(-1)],
      ["y", toggleOwn],
      ["k", toggleKnown],
    ] as const,
  };
}

function TrainingNotices({ state, draws }: { state: TrainingState; draws: boolean }) {
  const { task, phase, problem } = state;
  if (phase !== "task" || !task) return null;
  return (
    <>
      {draws && (
        <div className={css.phone}>
          <Notice tone="plain" icon="info" title={w.phone} />
        </div>
      )}
      {task.note && (
        <Notice tone="attention" icon="comment" title={m.why}>
          <span dir="auto">{task.note}</span>
        </Notice>
      )}
      {state.answered === 0 && task.left === task.of && (
        <Notice tone="plain" icon="info" title={m.firstTitle}>
          {m.firstText}
        </Notice>
      )}
      {problem !== null && (
        <div className={css.problem}>
          <Problem problem={problem} title={m.refused} />
        </div>
      )}
    </>
  );
}

function Covers({ state, onRetry, onWork }: { state: TrainingState; onRetry: () => void; onWork: () => void }) {
  switch (state.phase) {
    case "opening":
      return (
        <Cover>
          <p className={css.waiting} role="status">
            {m.opening}
          </p>
        </Cover>
      );
    case "done":
      return (
        <Cover>
          <div className={css.sheet} role="status">
            <h2>{m.doneTitle}</h2>
            <p className="soft">{m.doneText(state.answered)}</p>
            <div className={css.sheetActions}>
              <Button onClick={onWork}>{m.toWork}</Button>
            </div>
          </div>
        </Cover>
      );
    case "failed":
      return (
        <Cover>
          <div className={css.sheet}>
            <Problem problem={state.problem} title={m.failed} retry={onRetry} />
          </div>
        </Cover>
      );
    case "task":
    case "feedback":
      return null;
  }
}

function Cover({ children }: { children: ReactNode }) {
  return <div className={css.cover}>{children}</div>;
}

const HELP = [
  { keys: ["mod+enter"], says: `${m.submit} / ${m.next}` },
  { keys: ["n"], says: m.nextDifference },
  { keys: ["p"], says: m.previousDifference },
  { keys: ["y"], says: m.showYours },
  { keys: ["k"], says: m.showKnown },
  { keys: ["i"], says: w.instructions },
  { keys: ["\\"], says: c.fold },
  { keys: ["?"], says: w.help },
];

const silent = () => () => {};
