import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { count } from "../../components/format";
import { indexOntology, type SessionCommand, type ShapeId, type WorkbenchEngine } from "../../engine";
import { canvas as c } from "../../messages/en/canvas";
import { workbench as m } from "../../messages/en/workbench";
import { AttributeFields, QuestionFields } from "../canvas/AnswerFields";
import { answerKeys } from "../canvas/answers";
import { CanvasFrame, PanelPart } from "../canvas/CanvasFrame";
import { CanvasStage } from "../canvas/CanvasStage";
import { ClassPalette } from "../canvas/ClassPalette";
import { useEngineState } from "../canvas/engine";
import { faultLine } from "../canvas/faults";
import { HelpSheet } from "../canvas/HelpSheet";
import { assignKeys, ontologyKeys, toolKeys, useCanvasKeys } from "../canvas/keys";
import { ObjectList } from "../canvas/ObjectList";
import { objectKeys } from "../canvas/objectKeys";
import { type ShapePin, ShapePins } from "../canvas/ShapePins";
import { ToolBar, toolsOf } from "../canvas/ToolBar";
import { BarButton, ViewBar } from "../canvas/ViewBar";
import type { Me } from "../sign-in/me";
import { Actions, Top } from "./Bars";
import { readComments } from "./comments";
import { InstructionsDrawer } from "./InstructionsDrawer";
import { ReturnDialog, SkipDialog } from "./LeaveDialogs";
import { Notices } from "./Notices";
import { Overlay } from "./Overlay";
import { PlaceComments } from "./PlaceComments";
import { useFocus, useInstructions, usePanOnPhone, useRemembered, useTitle } from "./pageState";
import { proposedScene, untouched } from "./proposals";
import { CommentList, FaultList } from "./Sayings";
import { fieldFaults, useFaults } from "./useFaults";
import { useWorkProject } from "./useWorkProject";
import { useWorkSession } from "./useWorkSession";
import css from "./Workbench.module.css";

/** Labels one task after another. */
export default function Workbench({ projectId, me }: { projectId: string; me: Me }) {
  const [engine, setEngine] = useState<WorkbenchEngine | null>(null);
  const session = useWorkSession(engine, projectId, me.contributor_id);
  const state = useSyncExternalStore(session?.subscribe ?? silent, () => session?.getState() ?? null);
  const project = useWorkProject(projectId);
  const [dialog, setDialog] = useState<"help" | "skip" | "return" | null>(null);
  const [panelOpen, setPanelOpen] = useRemembered("touchstone-panel", true);
  const [instructionsOpen, setInstructionsOpen] = useInstructions(projectId, project?.instructions);
  const [triedAt, setTriedAt] = useState(0);
  const task = state?.task ?? null;
  const scene = useEngineState(engine, each => each.scene);
  const failedImage = useEngineState(engine, each => (each.image.state === "failed" ? each.image.reason : null)) ?? null;
  const faults = useFaults(scene, task !== null && triedAt === task.opening, state);
  const comments = useMemo(() => readComments(task?.lease.correction?.comments, scene), [task, scene]);
  const [keptAt, setKeptAt] = useState(0);
  const ontologyIndex = scene?.ontology;
  const image = scene?.image;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the scene only what it is about
  const proposed = useMemo(() => (task && scene ? proposedScene(task.lease, scene) : null), [task, ontologyIndex, image]);
  const origin = task?.lease.prelabel?.origin ?? "";
  const isKept = task !== null && keptAt === task.opening;
  const proposals = useMemo(
    () => (proposed && scene && !isKept ? untouched(origin, proposed, scene) : null),
    [proposed, scene, origin, isKept],
  );
  const proposedShapes = useMemo(() => new Set(proposals?.shapes), [proposals]);
  useEffect(() => engine?.setProposed([...proposedShapes]), [engine, proposedShapes]);
  const removeProposals = () => {
    if (!engine || !proposals) return;
    engine.dispatch({
      kind: "batch",
      commands: [
        { kind: "delete", shapes: proposals.shapes },
        ...proposals.questions.map(question => ({ kind: "setAnswer" as const, question: question.id, value: null })),
      ],
    });
  };
  const isWorking = state?.phase === "task" && task !== null;
  const isBare = state !== null && !isWorking && state.phase !== "opening";
  const mayAct = isWorking && state.busy === null;

  useTitle(project?.name);
  useFocus(engine, mayAct, task?.opening ?? 0);
  usePanOnPhone(engine, task?.opening ?? 0);

  const submit = () => {
    if (!engine || !session || !task || !mayAct) return;
    setTriedAt(task.opening);
    const [first] = engine.faults();
    if (first?.shape) engine.select([first.shape], { reveal: true });
    if (first) setPanelOpen(true);
    else void session.submit();
  };
  const open = (which: typeof dialog) => mayAct && setDialog(which);
  const giveBack = () => {
    if (!engine || !mayAct) return;
    if (engine.getState().canUndo) setDialog("return");
    else void session?.giveBack();
  };
  const ontology = task?.ontology ?? null;
  const tools = useMemo(() => (ontology ? toolKeys(ontology, toolsOf(indexOntology(ontology))) : {}), [ontology]);
  const own = useMemo(
    () =>
      assignKeys(
        [
          ["instructions", "i"],
          ["return", "e"],
          ["again", "n"],
        ],
        new Set([...(ontology ? ontologyKeys(ontology) : []), ...Object.values(tools)]),
      ),
    [ontology, tools],
  );
  const keys = useMemo(() => {
    const map = new Map<string, () => void>();
    if (engine && scene) for (const [key, action] of [...objectKeys(engine), ...answerKeys(engine, scene.ontology)]) map.set(key, action);
    for (const [tool, key] of Object.entries(tools)) map.set(key, () => engine?.setTool(tool as keyof typeof tools));
    return map;
  }, [engine, scene?.ontology, tools, scene]);
  const actions: Record<string, () => void> = {
    "mod+enter": submit,
    "mod+space": () => open("skip"),
    "mod+s": () => session?.flush(),
    "?": () => setDialog("help"),
    "\\": () => setPanelOpen(!panelOpen),
    ...(own.instructions ? { [own.instructions]: () => setInstructionsOpen(!instructionsOpen) } : {}),
    ...(own.return ? { [own.return]: giveBack } : {}),
    ...(own.again ? { [own.again]: () => engine?.drawAgain() } : {}),
  };
  useCanvasKeys(engine, new Map([...keys, ...Object.entries(actions)]), mayAct);

  const pins: ShapePin[] = useMemo(
    () => [
      ...comments
        .filter(each => each.place !== null)
        .map(each => ({ shape: each.place as ShapeId, text: each.text, tone: "comment" as const })),
      ...faults
        .filter(each => each.shape !== null)
        .map(each => ({ shape: each.shape as ShapeId, text: faultLine(each), tone: "wrong" as const })),
    ],
    [comments, faults],
  );
  const atQuestions = useMemo(() => fieldFaults(faults.filter(each => each.shape === null && each.question !== null)), [faults]);
  const selection = scene?.selection;
  const atAttributes = useMemo(
    () => fieldFaults(faults.filter(each => each.attribute !== null && each.shape !== null && selection?.includes(each.shape))),
    [faults, selection],
  );
  const marked = useMemo(() => new Set(faults.map(each => each.shape).filter(shape => shape !== null)), [faults]);
  const helpRows = [
    { keys: ["mod+enter"], says: m.submit },
    { keys: ["mod+space"], says: m.skip },
    ...(own.return ? [{ keys: [own.return], says: m.return }] : []),
    ...(own.again ? [{ keys: [own.again], says: c.drawAgain }] : []),
    ...(own.instructions ? [{ keys: [own.instructions], says: m.instructions }] : []),
    { keys: ["\\"], says: c.fold },
    { keys: ["mod+s"], says: m.saveNow },
    { keys: ["?"], says: m.help },
  ];

  return (
    <>
      <CanvasFrame
        top={
          <Top
            state={state}
            name={project?.name ?? ""}
            buttons={
              <>
                {!isBare && (
                  <BarButton
                    icon="book"
                    label={m.instructions}
                    shortcut={own.instructions}
                    pressed={instructionsOpen}
                    onClick={() => setInstructionsOpen(!instructionsOpen)}
                  />
                )}
                <BarButton icon="help" label={m.help} shortcut="?" onClick={() => setDialog("help")} />
                {!isBare && (
                  <span className={css.drawing}>
                    <BarButton icon="panel" label={c.panel} shortcut="\" pressed={panelOpen} onClick={() => setPanelOpen(!panelOpen)} />
                  </span>
                )}
              </>
            }
          />
        }
        notices={
          session &&
          state && (
            <Notices
              session={session}
              state={state}
              scene={scene}
              proposals={proposals}
              onKeepProposals={() => task && setKeptAt(task.opening)}
              onRemoveProposals={removeProposals}
            />
          )
        }
        tools={isWorking && <ToolBar engine={engine} keys={tools} />}
        bare={isBare}
        panelLabel={m.panel}
        panelOpen={panelOpen && (isWorking || !state || state.phase === "opening")}
        stage={
          <div className={css.stage}>
            <CanvasStage
              label={m.canvas}
              inert={!mayAct}
              onEngine={setEngine}
              onCommand={command => session?.record(command as SessionCommand)}
            >
              {engine && isWorking && <ShapePins engine={engine} pins={pins} />}
              {engine && isWorking && <PlaceComments engine={engine} comments={comments} />}
              {session && state && (
                <Overlay
                  projectId={projectId}
                  session={session}
                  state={state}
                  engine={engine}
                  failedImage={failedImage}
                  onSkip={() => open("skip")}
                />
              )}
              {instructionsOpen && isWorking && (
                <InstructionsDrawer
                  projectId={projectId}
                  text={project?.instructions}
                  shortcut={own.instructions}
                  onClose={() => setInstructionsOpen(false)}
                />
              )}
            </CanvasStage>
          </div>
        }
        panel={
          engine &&
          isWorking &&
          scene && (
            <div className={css.panel} inert={state?.busy !== null}>
              {comments.length > 0 && <CommentList engine={engine} comments={comments} />}
              {faults.length > 0 && <FaultList engine={engine} faults={faults} />}
              {scene.ontology.shapes.length > 0 && (
                <PanelPart title={c.classes} drawing>
                  <ClassPalette engine={engine} />
                </PanelPart>
              )}
              {scene.ontology.ontology.questions.some(each => each.kind !== "shapes") && (
                <PanelPart title={c.questions}>
                  <QuestionFields engine={engine} faults={atQuestions} />
                </PanelPart>
              )}
              {scene.selection.length > 0 && (
                <PanelPart title={c.attributes}>
                  <AttributeFields engine={engine} faults={atAttributes} />
                </PanelPart>
              )}
              {scene.ontology.shapes.length > 0 && (
                <PanelPart title={c.objectCount(count(scene.shapes.length))} grow>
                  <ObjectList engine={engine} marked={marked} proposed={proposedShapes} />
                </PanelPart>
              )}
            </div>
          )
        }
        bottom={
          <>
            {isWorking && <ViewBar engine={engine} />}
            {isWorking && (
              <Actions
                state={state}
                faults={faults.length}
                mayAct={mayAct}
                onSkip={() => open("skip")}
                onReturn={giveBack}
                onSubmit={submit}
                session={session}
              />
            )}
          </>
        }
      />
      <HelpSheet open={dialog === "help"} onClose={() => setDialog(null)} page={helpRows} ontology={ontology} tools={tools} />
      <SkipDialog
        open={dialog === "skip"}
        suggestion={failedImage !== null || task?.picture.state === "missing" ? m.pictureReason : null}
        onClose={() => setDialog(null)}
        onSkip={reason => {
          setDialog(null);
          void session?.skip(reason);
        }}
      />
      <ReturnDialog
        open={dialog === "return"}
        onClose={() => setDialog(null)}
        onReturn={() => {
          setDialog(null);
          void session?.giveBack();
        }}
      />
    </>
  );
}

const silent = () => () => {};
