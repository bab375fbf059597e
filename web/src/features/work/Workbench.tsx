import { Button } from "@mantine/core";
import { useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Link, useLocation } from "wouter";
import { session as signIn } from "../../api/session";
import { ago, count, duration } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Markdown } from "../../components/Markdown";
import { Problem } from "../../components/Problem";
import { checkScene, indexOntology, type Scene, type SessionCommand, type ShapeId, titleOf, type WorkbenchEngine } from "../../engine";
import { canvas as c, readFaultSentence } from "../../messages/en/canvas";
import { shell } from "../../messages/en/shell";
import { workbench as m } from "../../messages/en/workbench";
import { AttributeFields, QuestionFields } from "../canvas/AnswerFields";
import { answerKeys } from "../canvas/answers";
import { CanvasFrame, PanelPart } from "../canvas/CanvasFrame";
import { CanvasStage } from "../canvas/CanvasStage";
import { ClassPalette } from "../canvas/ClassPalette";
import { useEngineState } from "../canvas/engine";
import { faultLine, refusedFault, type ShownFault, shownFault } from "../canvas/faults";
import { HelpSheet } from "../canvas/HelpSheet";
import { assignKeys, keyText, ontologyKeys, toolKeys, useCanvasKeys } from "../canvas/keys";
import { ObjectList } from "../canvas/ObjectList";
import { type ShapePin, ShapePins } from "../canvas/ShapePins";
import { ToolBar, toolsOf } from "../canvas/ToolBar";
import { BarButton, ViewBar } from "../canvas/ViewBar";
import type { Me } from "../sign-in/me";
import { type PinnedComment, readComments } from "./comments";
import { Journal } from "./journal";
import { ReturnDialog, SkipDialog } from "./LeaveDialogs";
import { Notice } from "./Notice";
import { around, PlaceComments } from "./PlaceComments";
import { SaveLine } from "./SaveLine";
import { workServer } from "./server";
import { browserTurn } from "./turn";
import { useWorkProject } from "./useWorkProject";
import css from "./Workbench.module.css";
import { WorkSession, type WorkState } from "./workSession";

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
  const isWorking = state?.phase === "task" && task !== null;
  const mayAct = isWorking && state.busy === null;

  useTitle(project?.name);
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
        ],
        new Set([...(ontology ? ontologyKeys(ontology) : []), ...Object.values(tools)]),
      ),
    [ontology, tools],
  );
  const keys = useMemo(() => {
    const map = new Map<string, () => void>();
    if (engine && scene) for (const [key, action] of answerKeys(engine, scene.ontology)) map.set(key, action);
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
                <BarButton
                  icon="book"
                  label={m.instructions}
                  shortcut={own.instructions}
                  pressed={instructionsOpen}
                  onClick={() => setInstructionsOpen(!instructionsOpen)}
                />
                <BarButton icon="help" label={m.help} shortcut="?" onClick={() => setDialog("help")} />
                <span className={css.drawing}>
                  <BarButton icon="panel" label={c.panel} shortcut="\" pressed={panelOpen} onClick={() => setPanelOpen(!panelOpen)} />
                </span>
              </>
            }
          />
        }
        notices={session && state && <Notices session={session} state={state} scene={scene} comments={comments} />}
        tools={isWorking && <ToolBar engine={engine} keys={tools} />}
        panelLabel={m.panel}
        panelOpen={panelOpen && isWorking}
        stage={
          <div className={css.stage} inert={isWorking && state.busy !== null}>
            <CanvasStage label={m.canvas} onEngine={setEngine} onCommand={command => session?.record(command as SessionCommand)}>
              {engine && isWorking && <ShapePins engine={engine} pins={pins} />}
              {engine && isWorking && <PlaceComments engine={engine} comments={comments} />}
              {session && state && (
                <Overlay session={session} state={state} engine={engine} failedImage={failedImage} onSkip={() => open("skip")} />
              )}
              {instructionsOpen && (
                <section className={css.drawer} aria-label={m.instructions}>
                  <header>
                    <h2>{m.instructions}</h2>
                    <BarButton icon="cross" label={m.close} shortcut={own.instructions} onClick={() => setInstructionsOpen(false)} />
                  </header>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
                  <div className={css.instructions} tabIndex={0} data-own-keys>
                    {project?.instructions ? <Markdown text={project.instructions} /> : <p className="soft">{m.noInstructions}</p>}
                  </div>
                </section>
              )}
            </CanvasStage>
          </div>
        }
        panel={
          engine &&
          scene && (
            <div className={css.panel} inert={state?.busy !== null}>
              {comments.length > 0 && <CommentList engine={engine} comments={comments} />}
              {faults.length > 0 && <FaultList engine={engine} faults={faults} />}
              {scene.ontology.shapes.length > 0 && (
                <div className={css.drawing}>
                  <PanelPart title={c.classes}>
                    <ClassPalette engine={engine} />
                  </PanelPart>
                </div>
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
                  <ObjectList engine={engine} marked={marked} />
                </PanelPart>
              )}
            </div>
          )
        }
        bottom={
          <>
            <ViewBar engine={engine} />
            <Actions
              state={state}
              faults={faults.length}
              mayAct={mayAct}
              onSkip={() => open("skip")}
              onReturn={giveBack}
              onSubmit={submit}
              session={session}
            />
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

function Top({ state, name, buttons }: { state: WorkState | null; name: string; buttons: React.ReactNode }) {
  const today = state?.today;
  const last = state?.keeper;
  return (
    <>
      <Link href="/work" className={css.back} aria-label={m.back} title={m.back}>
        <Icon name="back" />
      </Link>
      <h1 className={css.project} dir="auto">
        {name}
      </h1>
      {state?.task?.lease.correction && <span className={css.sentBack}>{m.sentBack}</span>}
      <span className={css.space} />
      {today && (
        <span className={css.today} title={m.todayTime(duration(today.activeMilliseconds))}>
          {m.today(count(today.responses))}
        </span>
      )}
      {state?.phase === "task" && <SaveLine state={state.save} sequence={(state.save === "saved" ? last?.saved : last?.journalled) ?? 0} />}
      <span className={css.buttons}>{buttons}</span>
    </>
  );
}

function Actions(props: {
  state: WorkState | null;
  session: WorkSession | null;
  faults: number;
  mayAct: boolean;
  onSkip: () => void;
  onReturn: () => void;
  onSubmit: () => void;
}) {
  const { state, session, faults, mayAct, onSkip, onReturn, onSubmit } = props;
  const waits = state?.busy === "submitting" && state.link !== "good";
  const barred = !mayAct || state?.task?.ended !== null || state.keeper?.conflict !== null;
  return (
    <div className={css.actions}>
      {waits && (
        <>
          <span className={css.waits} role="status">
            {m.submitWaits}
          </span>
          <Button variant="default" size="xs" onClick={() => session?.callOff()}>
            {m.goOnDrawing}
          </Button>
        </>
      )}
      {faults > 0 && <span className={css.faultCount}>{c.faults(String(faults))}</span>}
      <Button variant="subtle" size="xs" disabled={!mayAct} onClick={onReturn}>
        {m.return}
      </Button>
      <Button variant="subtle" size="xs" disabled={!mayAct} onClick={onSkip} title={keyText("mod+space")}>
        {m.skip}
      </Button>
      <Button size="xs" disabled={barred && state?.busy !== "submitting"} loading={waits} onClick={onSubmit} className={css.submit}>
        {m.submit}
        <span className={css.submitKey}>{keyText("mod+enter")}</span>
      </Button>
    </div>
  );
}

function Notices(props: { session: WorkSession; state: WorkState; scene: Scene | undefined; comments: readonly PinnedComment[] }) {
  const { session, state, scene } = props;
  const { task } = state;
  if (state.phase !== "task" || !task) return null;
  const conflict = state.keeper?.conflict ?? null;
  const button = (label: string, onClick: () => void) => (
    <Button key={label} size="xs" variant="default" onClick={onClick}>
      {label}
    </Button>
  );
  const download = button(m.download, () => saveFile(session.exported()));
  return (
    <>
      {scene && scene.ontology.shapes.length > 0 && (
        <div className={css.phone}>
          <Notice tone="plain" icon="info" title={m.phone} />
        </div>
      )}
      {task.lease.correction && <Notice tone="attention" icon="comment" title={m.sentBackText} />}
      {task.overdue && !task.ended && (
        <Notice tone="attention" icon="wait" title={m.overdueTitle} actions={download}>
          {m.overdueText}
        </Notice>
      )}
      {task.ended && (
        <Notice
          tone="wrong"
          icon="warning"
          title={m.ended[task.ended]}
          actions={[download, button(m.discard, () => void session.discard())]}
        >
          {m.endedText[task.ended]}
        </Notice>
      )}
      {conflict && (
        <Notice
          tone="attention"
          icon="warning"
          title={m.conflictTitle}
          actions={[
            button(m.keepThis, () => void session.decide("this")),
            button(m.takeOther, () => void session.decide("other")),
            download,
          ]}
        >
          {conflict.updatedAt && conflict.content
            ? m.conflictText(ago(conflict.updatedAt), String(objectsIn(conflict.content.answers)), String(scene?.shapes.length ?? 0))
            : m.conflictBare}
        </Notice>
      )}
      {task.readFaults.length > 0 && (
        <Notice tone="attention" icon="warning" title={m.partlyTitle}>
          {task.readFaults
            .slice(0, 5)
            .map(fault => m.partly(fault.pointer, readFaultSentence[fault.code]))
            .join(" ")}
        </Notice>
      )}
      {state.submitProblem && !task.ended && (
        <div className={css.problem}>
          <Problem problem={state.submitProblem} title={m.refusedTitle} />
        </div>
      )}
    </>
  );
}

/** What stands where the picture would be: waiting, nothing there, another tab, a picture that cannot be shown. */
function Overlay(props: {
  session: WorkSession;
  state: WorkState;
  engine: WorkbenchEngine | null;
  failedImage: string | null;
  onSkip: () => void;
}) {
  const { session, state, engine, failedImage, onSkip } = props;
  const image = useEngineState(engine, each => each.image);
  const failure = useEngineState(engine, each => each.failure);
  const [, go] = useLocation();
  const { task } = state;
  switch (state.phase) {
    case "opening":
      return <Waits>{m.opening}</Waits>;
    case "elsewhere":
      return (
        <Sheet title={state.wasHere ? m.wasHereTitle : m.elsewhereTitle} text={state.wasHere ? m.wasHereText : m.elsewhereText}>
          <Button onClick={() => void session.takeOver()}>{state.wasHere ? m.workHereAgain : m.workHere}</Button>
        </Sheet>
      );
    case "empty":
      return (
        <Sheet title={m.empty[state.reason ?? ""] ?? m.emptyOther} text={m.emptyText[state.reason ?? ""] ?? ""}>
          <Button onClick={() => go("/work")}>{m.back}</Button>
          <Button variant="default" onClick={() => void session.retry()}>
            {m.lookAgain}
          </Button>
        </Sheet>
      );
    case "failed":
      return (
        <div className={css.sheet}>
          <Problem problem={state.problem} title={m.failedTitle} retry={() => void session.retry()} />
        </div>
      );
    case "task": {
      if (task?.picture.state === "missing")
        return (
          <div className={css.sheet}>
            <Problem problem={task.picture.problem} title={m.pictureMissing} retry={() => void session.reload()} />
            <SkipLine onSkip={onSkip} />
          </div>
        );
      if (failedImage !== null)
        return (
          <Sheet title={c.imageFailed} text={m.pictureFailedText(failedImage)}>
            <Button variant="default" onClick={() => void session.reload()}>
              {m.tryAgain}
            </Button>
            <Button onClick={onSkip}>{m.skip}</Button>
          </Sheet>
        );
      if (image?.state === "mismatched")
        return (
          <div className={css.banner} role="alert">
            <Icon name="warning" size={16} />
            {c.imageMismatched(image.found.width, image.found.height)}
            <SkipLine onSkip={onSkip} />
          </div>
        );
      if (failure)
        return (
          <div className={css.banner} role="alert">
            <Icon name="warning" size={16} />
            {c.drawingFailed(failure)}
          </div>
        );
      return image?.state === "loading" ? <Waits>{c.loadingImage}</Waits> : null;
    }
  }
}

function Waits({ children }: { children: string }) {
  return (
    <p className={css.waiting} role="status">
      {children}
    </p>
  );
}

function SkipLine({ onSkip }: { onSkip: () => void }) {
  return (
    <Button variant="default" size="xs" onClick={onSkip}>
      {m.skip}
    </Button>
  );
}

function Sheet({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <div className={css.sheet} role="status">
      <h2>{title}</h2>
      <p className="soft">{text}</p>
      <div className={css.sheetActions}>{children}</div>
    </div>
  );
}

function CommentList({ engine, comments }: { engine: WorkbenchEngine; comments: readonly PinnedComment[] }) {
  return (
    <PanelPart title={m.comments}>
      <ul className={css.said}>
        {comments.map((comment, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: comments have no other identity
          <li key={i}>
            <Said
              icon="comment"
              text={aboutQuestion(engine, comment)}
              {...(comment.place || comment.at ? { onClick: () => showComment(engine, comment) } : {})}
            />
          </li>
        ))}
      </ul>
    </PanelPart>
  );
}

/** What is said of a question names it. */
function aboutQuestion(engine: WorkbenchEngine, { text, question }: PinnedComment): string {
  const asked = question === null ? undefined : engine.getState().scene.ontology.question(question);
  return asked && asked.kind !== "shapes" ? c.atQuestion(titleOf(asked), text) : text;
}

function showComment(engine: WorkbenchEngine, { place, at }: PinnedComment): void {
  if (place) show(engine, place);
  else if (at) engine.zoomTo(around(at, engine.getState().scene.image));
}

function FaultList({ engine, faults }: { engine: WorkbenchEngine; faults: readonly ShownFault[] }) {
  return (
    <PanelPart title={c.faults(String(faults.length))}>
      <ul className={css.said}>
        {faults.slice(0, 50).map(fault => (
          <li key={`${fault.shape}/${fault.question}/${fault.attribute}/${fault.text}`}>
            <Said
              icon="warning"
              text={faultLine(fault)}
              {...(fault.shape ? { onClick: () => show(engine, fault.shape as ShapeId) } : {})}
            />
          </li>
        ))}
      </ul>
    </PanelPart>
  );
}

function Said({ icon, text, onClick }: { icon: "comment" | "warning"; text: string; onClick?: () => void }) {
  const inside = (
    <>
      <Icon name={icon} size={15} />
      <span dir="auto">{text}</span>
    </>
  );
  return onClick ? (
    <button type="button" className={css.saying} data-icon={icon} onClick={onClick}>
      {inside}
    </button>
  ) : (
    <span className={css.saying} data-icon={icon}>
      {inside}
    </span>
  );
}

function show(engine: WorkbenchEngine, shape: ShapeId): void {
  engine.select([shape], { reveal: true });
}

// ---- joining the session, the engine and the page

const silent = () => () => {};

const freshName = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");

/** A session for the canvas that stands on the page; it ends with it. */
function useWorkSession(engine: WorkbenchEngine | null, project: string, contributor: string): WorkSession | null {
  const [session, setSession] = useState<WorkSession | null>(null);
  useEffect(() => {
    if (!engine) return;
    const made = new WorkSession({
      server: workServer,
      openJournal: () => Journal.open().catch(() => null),
      turn: browserTurn(`${contributor}/${project}`),
      surroundings: {
        now: () => Date.now(),
        after: (milliseconds, action) => {
          const timer = setTimeout(action, milliseconds);
          return () => clearTimeout(timer);
        },
        isOnline: () => navigator.onLine,
        signedIn: signIn.restored,
      },
      chance: Math.random,
      newName: freshName,
      contributor,
      project,
    });
    setSession(made);
    void made.start(engine);
    const stopListening = listen(made);
    return () => {
      stopListening();
      setSession(null);
      void made.stop();
    };
  }, [engine, project, contributor]);
  return session;
}

function listen(session: WorkSession): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let touchedAt = 0;
  const touch = (event: Event) => {
    if (event.timeStamp - touchedAt < 1000) return;
    touchedAt = event.timeStamp;
    session.touch();
  };
  addEventListener("pointermove", touch, { signal, passive: true });
  addEventListener("pointerdown", touch, { signal, passive: true });
  addEventListener("keydown", touch, { signal });
  addEventListener("wheel", touch, { signal, passive: true });
  addEventListener("online", () => session.wake(), { signal });
  addEventListener("offline", () => session.wake(), { signal });
  addEventListener("pagehide", () => session.flush(), { signal });
  document.addEventListener("visibilitychange", () => (document.hidden ? session.flush() : session.wake()), { signal });
  addEventListener(
    "beforeunload",
    event => {
      if (["unsaved", "saving"].includes(session.getState().save)) event.preventDefault();
    },
    { signal },
  );
  return () => stop.abort();
}

/** What is wrong: shapes at once, what is only missing once somebody tried to submit, and what the server found. */
function useFaults(scene: Scene | undefined, tried: boolean, state: WorkState | null): readonly ShownFault[] {
  const settled = useDeferredValue(scene);
  const problem = state?.submitProblem ?? null;
  return useMemo(() => {
    if (!settled) return [];
    const missing = (code: string) => code === "required" || code.endsWith("_below");
    const found = checkScene(settled)
      .filter(fault => tried || (fault.shape !== undefined && fault.attribute === undefined) || !missing(fault.code))
      .map(fault => shownFault(settled, fault));
    const refused = (problem?.errors ?? [])
      .filter(error => error.pointer.startsWith("/answers"))
      .map(error => refusedFault(settled, error.pointer.slice("/answers".length), m.expected(error.expected, error.found)));
    return [...found, ...refused];
  }, [settled, tried, problem]);
}

function fieldFaults(faults: readonly ShownFault[]): ReadonlyMap<string, string> {
  return new Map(faults.map(fault => [fault.attribute ?? fault.question ?? "", fault.text]));
}

function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name) document.title = `${m.page(name)} · ${shell.name}`;
  }, [name]);
}

/** On a small screen a finger moves the picture, not the shapes. */
function usePanOnPhone(engine: WorkbenchEngine | null, opening: number): void {
  useEffect(() => {
    if (opening > 0 && matchMedia("(max-width: 759px)").matches) engine?.setTool("pan");
  }, [engine, opening]);
}

function useRemembered(name: string, otherwise: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    const kept = localStorage.getItem(name);
    return kept === null ? otherwise : kept === "true";
  });
  return [
    value,
    next => {
      localStorage.setItem(name, String(next));
      setValue(next);
    },
  ];
}

/** Instructions stand open until they were read once, and again whenever they have changed. */
function useInstructions(projectId: string, text: string | undefined): [boolean, (open: boolean) => void] {
  const name = `touchstone-read/${projectId}`;
  const mark = text ? `${text.length}:${[...text].reduce((hash, each) => (Math.imul(hash, 31) + (each.codePointAt(0) ?? 0)) | 0, 7)}` : "";
  const [chosen, setChosen] = useState<boolean | null>(null);
  const unread = mark !== "" && localStorage.getItem(name) !== mark;
  return [
    chosen ?? unread,
    open => {
      if (!open && mark) localStorage.setItem(name, mark);
      setChosen(open);
    },
  ];
}

function objectsIn(answers: unknown): number {
  if (typeof answers !== "object" || answers === null) return 0;
  return Object.values(answers)
    .filter(Array.isArray)
    .reduce((sum, list) => sum + list.filter(item => typeof item === "object").length, 0);
}

function saveFile(content: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `touchstone-work-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
