import { Button } from "@mantine/core";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useLocation, useSearchParams } from "wouter";
import { count } from "../../components/format";
import type { Rect, SessionCommand, ShapeRef, WorkbenchEngine } from "../../engine";
import { canvas as c } from "../../messages/en/canvas";
import { review as m } from "../../messages/en/review";
import { shell } from "../../messages/en/shell";
import { AttributeFields, QuestionFields } from "../canvas/AnswerFields";
import { answerKeys } from "../canvas/answers";
import { CanvasFrame, PanelPart } from "../canvas/CanvasFrame";
import { CanvasStage } from "../canvas/CanvasStage";
import { ClassPalette } from "../canvas/ClassPalette";
import { useEngineState } from "../canvas/engine";
import { faultLine, type ShownFault, shownFault } from "../canvas/faults";
import { HelpSheet } from "../canvas/HelpSheet";
import { keyText, toolKeys, useCanvasKeys } from "../canvas/keys";
import { ObjectList } from "../canvas/ObjectList";
import { type PlacedPin, PlacedPins } from "../canvas/PlacedPins";
import { ToolBar, toolsOf } from "../canvas/ToolBar";
import { BarButton, ViewBar } from "../canvas/ViewBar";
import { type Me, mayManage } from "../sign-in/me";
import { useWorkProject } from "../work/useWorkProject";
import { aboutAt, aboutPoint, beginningAt, placeOf, wireComment } from "./comments";
import { Differences } from "./Differences";
import { changesOf } from "./decision";
import { Layers } from "./Layers";
import { Notices } from "./Notices";
import { sideName } from "./names";
import { PinPicker } from "./PinPicker";
import { type Point, pointsOf } from "./points";
import { QueueDialog } from "./QueueDialog";
import css from "./ReviewPage.module.css";
import { canSend, SendBack, type Sending } from "./SendBack";
import sendCss from "./SendBack.module.css";
import { StageNote } from "./StageNote";
import { ALL_SEEN, type Case, CONSENSUS, DECISION, isSeen, layersOf, peopleOf, type Sight, sideOf, soloed, toggled } from "./sides";
import { Tags } from "./Tags";
import { Top } from "./Top";
import { dropCommand, shownAt, startCommand, takeCommand } from "./take";
import { useReviewSession } from "./useReviewSession";
import { WithdrawDialog } from "./WithdrawDialog";

type Mode = "compare" | "edit" | "send";

/** Decides what contributors do not agree upon. */
export default function ReviewPage({ projectId, me }: { projectId: string; me: Me }) {
  const [params, setParams] = useSearchParams();
  const [, go] = useLocation();
  const [engine, setEngine] = useState<WorkbenchEngine | null>(null);
  const session = useReviewSession(engine, projectId, me.contributor_id, params.get("case"));
  const state = useSyncExternalStore(session?.subscribe ?? silent, () => session?.getState() ?? null);
  const project = useWorkProject(projectId);
  const scene = useEngineState(engine, each => each.scene);
  const drawsNow = useEngineState(engine, each => each.tool !== "select" && each.tool !== "pan") ?? false;
  const current = state?.phase === "case" ? state.case : null;
  const of = current?.of ?? null;
  const opening = current?.opening ?? 0;

  const [mode, setMode] = useState<Mode>("compare");
  const [sight, setSight] = useState<Sight>(ALL_SEEN);
  const [at, setAt] = useState<string | null>(null);
  const [sending, setSending] = useState<Sending>(NOTHING_SENT);
  const [dialog, setDialog] = useState<"help" | "queue" | "withdraw" | null>(null);
  const [panelOpen, setPanelOpen] = useState(true);
  const [tried, setTried] = useState(0);
  const points = useMemo(() => (of ? pointsOf(of) : []), [of]);
  const point = points.find(each => each.key === at) ?? null;
  const mayAct = current !== null && !current.ended && state?.busy === null && !state.keeper?.conflict;

  // Each case begins anew, at its least sure point, and stands in the address.
  const [shownOpening, setShownOpening] = useState(0);
  if (opening !== shownOpening) {
    setShownOpening(opening);
    setMode("compare");
    setSight(ALL_SEEN);
    setSending(NOTHING_SENT);
    setAt(null);
    setTried(0);
  }
  const task = of?.lease.task ?? null;
  useEffect(() => {
    if (task) setParams({ case: task }, { replace: true });
  }, [task, setParams]);
  usePageTitle(project?.name);
  usePanOnPhone(engine, opening);

  const isEditing = mode === "edit" || drawsNow;
  const here = mode === "compare" && !drawsNow ? point : null;

  // The engine shows what the page says of sides.
  const sentAlone = mode === "send" ? sending.side : null;
  const seen = useMemo<Sight>(() => (sentAlone === null ? sight : { off: NONE, solo: sentAlone }), [sight, sentAlone]);
  useEffect(() => {
    if (!engine || !of) return;
    engine.setLayers(layersOf(of, seen, here !== null));
    engine.setOwnShown(isSeen(seen, DECISION));
  }, [engine, of, seen, here]);
  useEffect(() => engine?.highlight(of && here ? refsAt(of, here) : []), [engine, of, here]);

  const goTo = (next: Point | undefined) => {
    if (!next || !engine || !of) return;
    setAt(next.key);
    setMode("compare");
    if (next.bounds) engine.zoomTo(around(next.bounds, of));
  };
  const step = (by: 1 | -1) => {
    const place = points.findIndex(each => each.key === at);
    goTo(points[place < 0 ? (by > 0 ? 0 : points.length - 1) : (place + by + points.length) % points.length]);
  };
  const take = (which: Point | null, side: string | undefined) => {
    if (!engine || !of || !which || side === undefined || !mayAct) return;
    const command = takeCommand(of, engine.getState().scene, which, side);
    if (command) engine.dispatch(command);
    // What was taken is to be seen.
    if (!isSeen(sight, DECISION)) setSight({ off: new Set([...sight.off].filter(id => id !== DECISION)), solo: null });
  };
  const toggleMode = () => {
    if (mode === "edit") engine?.setTool("select");
    setMode(mode === "edit" ? "compare" : "edit");
  };
  const look = (next: Sight) => setSight(next);
  const decide = () => {
    if (!engine || !session || !of || !mayAct) return;
    const consensus = of.lease.consensus;
    if (consensus && changesOf(of, engine.getState().scene) === 0) {
      void session.decide({ decision: "accept", consensus: consensus.digest });
      return;
    }
    setTried(opening);
    const [first] = engine.faults();
    if (!first) {
      void session.decide({ decision: "edit", answers: engine.answers() });
      return;
    }
    if (first.shape) engine.select([first.shape], { reveal: true });
    setMode("edit");
  };
  const beginSending = () => {
    if (!of || !mayAct || peopleOf(of).length === 0) return;
    const { side, about } = beginningAt(of, point);
    setSending({ side, comments: [{ text: "", about }], pinning: null });
    setMode("send");
  };
  const send = () => {
    if (!session || !mayAct || !canSend(sending) || sending.side === null) return;
    const comments = sending.comments.filter(comment => comment.text.trim() !== "").map(wireComment);
    void session.decide({ decision: "send_back", response: sending.side, comments });
  };
  const back = mayManage(me) ? { href: `/projects/${projectId}`, label: m.toProject } : { href: "/work", label: m.toWork };

  const tools = useMemo(() => (of ? toolKeys(of.ontology.ontology, toolsOf(of.ontology)) : {}), [of]);
  const people = of ? peopleOf(of) : [];
  const shared: readonly (readonly [string, () => void])[] = [
    ["mod+enter", mode === "send" ? send : decide],
    ["?", () => setDialog("help")],
    ["\\", () => setPanelOpen(!panelOpen)],
    ["f2", toggleMode],
  ];
  const comparing: readonly (readonly [string, () => void])[] = [
    ["n", () => step(1)],
    ["p", () => step(-1)],
    ["x", () => dispatch(engine, point && scene ? dropCommand(scene, point) : null)],
    ["e", toggleMode],
    ["s", beginSending],
    ["w", () => mayAct && setDialog("withdraw")],
    ["q", () => setDialog("queue")],
    ["a", () => look({ off: NONE, solo: null })],
    ["d", () => look(toggled(sight, DECISION))],
    ["shift+d", () => look(soloed(sight, DECISION))],
    ["0", () => take(point, CONSENSUS)],
    ["shift+0", () => look(soloed(sight, CONSENSUS))],
    ["alt+0", () => look(toggled(sight, CONSENSUS))],
    ...people.slice(0, 9).flatMap(
      ({ id }, i) =>
        [
          [`${i + 1}`, () => take(point, id)],
          [`shift+${i + 1}`, () => look(soloed(sight, id))],
          [`alt+${i + 1}`, () => look(toggled(sight, id))],
        ] as const,
    ),
  ];
  const editing = useMemo(() => {
    if (!engine || !of) return [];
    const drawing = Object.entries(tools).map(([tool, key]) => [key, () => engine.setTool(tool as keyof typeof tools)] as const);
    return [...answerKeys(engine, of.ontology), ...drawing];
  }, [engine, of, tools]);
  const keys = mode === "send" ? shared : isEditing ? [...editing, ...shared] : [...comparing, ...shared];
  useCanvasKeys(mode === "send" ? null : engine, new Map(current ? keys : shared), dialog === null);

  const changes = of && scene ? changesOf(of, scene) : 0;
  const faults = useMemo(
    () => (engine && scene && tried === opening && opening > 0 ? engine.faults().map(fault => shownFault(scene, fault)) : []),
    [engine, scene, tried, opening],
  );
  const chosenSide = of && sending.side !== null ? sideOf(of, sending.side) : undefined;
  const pins = useMemo<readonly PlacedPin[]>(
    () =>
      mode !== "send"
        ? []
        : sending.comments.flatMap((comment, i) => {
            const place = placeOf(chosenSide, comment.about);
            return place ? [{ key: String(i), ...place, content: <span className={sendCss.mapNumber}>{i + 1}</span> }] : [];
          }),
    [mode, sending, chosenSide],
  );

  return (
    <>
      <CanvasFrame
        top={
          <Top
            state={state}
            name={project?.name ?? m.title}
            back={back}
            buttons={
              <>
                <Button variant="default" size="compact-xs" title={keyText("q")} onClick={() => setDialog("queue")}>
                  {m.openQueue}
                </Button>
                <BarButton icon="help" label={m.help.help} shortcut="?" onClick={() => setDialog("help")} />
                <BarButton icon="panel" label={c.panel} shortcut="\" pressed={panelOpen} onClick={() => setPanelOpen(!panelOpen)} />
              </>
            }
          />
        }
        notices={session && state && <Notices session={session} state={state} />}
        tools={current && <ToolBar engine={engine} keys={isEditing ? tools : {}} />}
        stageStays
        panelLabel={m.title}
        panelOpen={panelOpen && current !== null}
        stage={
          <div className={css.stage} inert={current !== null && state?.busy !== null}>
            <CanvasStage label={m.canvas} onEngine={setEngine} onCommand={command => session?.record(command as SessionCommand)}>
              {engine && of && here && <Tags engine={engine} of={of} point={here} sight={seen} />}
              {engine && <PlacedPins engine={engine} pins={pins} />}
              {engine && mode === "send" && sending.pinning !== null && (
                <PinPicker
                  engine={engine}
                  onPick={place => {
                    const about = aboutAt(chosenSide, place);
                    setSending({
                      ...sending,
                      pinning: null,
                      comments: sending.comments.map((comment, i) => (i === sending.pinning ? { ...comment, about } : comment)),
                    });
                  }}
                />
              )}
              {session && state && (
                <StageNote
                  session={session}
                  state={state}
                  engine={engine}
                  onQueue={() => setDialog("queue")}
                  onLeave={() => go(back.href)}
                />
              )}
            </CanvasStage>
          </div>
        }
        panel={
          engine &&
          of &&
          scene && (
            <div className={css.panel} inert={state?.busy !== null}>
              {mode === "send" ? (
                <SendBack
                  of={of}
                  sending={sending}
                  busy={state?.busy === "deciding"}
                  onChange={next =>
                    // Whoever else is chosen is asked about the same point.
                    setSending(next.side !== sending.side && next.side !== null && point ? repinned(of, point, next) : next)
                  }
                  onSend={send}
                  onCancel={() => setMode("compare")}
                />
              ) : (
                <>
                  <div className={css.modes} role="tablist" aria-label={m.modes}>
                    <button type="button" role="tab" aria-selected={!isEditing} onClick={() => isEditing && toCompare(engine, setMode)}>
                      {m.compare}
                    </button>
                    <button type="button" role="tab" aria-selected={isEditing} title={keyText("f2")} onClick={() => setMode("edit")}>
                      {m.edit}
                    </button>
                  </div>
                  {isEditing ? (
                    <EditPanel engine={engine} faults={faults} />
                  ) : (
                    <>
                      <Layers of={of} decided={scene.shapes.length} sight={sight} onSight={look} />
                      {!of.lease.consensus && scene.shapes.length === 0 && (
                        <Beginnings of={of} onBegin={side => dispatch(engine, startCommand(of, side))} />
                      )}
                      <Differences of={of} points={points} scene={scene} at={at} onGo={goTo} onTake={take} onStep={step} />
                      <p className={css.phoneNote}>{m.noDrawing}</p>
                    </>
                  )}
                </>
              )}
            </div>
          )
        }
        bottom={
          <>
            <ViewBar engine={engine} />
            {current && mode !== "send" && (
              <div className={css.acts}>
                {state?.busy === "deciding" && state.link !== "good" ? (
                  <>
                    <span className={css.hint} role="status">
                      {m.decidingOffline}
                    </span>
                    <Button variant="default" size="xs" onClick={() => session?.callOff()}>
                      {m.callOff}
                    </Button>
                  </>
                ) : (
                  <span className={css.hint}>{of?.lease.consensus && (changes === 0 ? m.acceptHint : m.editHint(changes))}</span>
                )}
                <Button variant="subtle" size="xs" disabled={!mayAct} onClick={() => void session?.giveBack()} title={m.giveBackHint}>
                  {m.giveBack}
                </Button>
                <Button variant="subtle" size="xs" disabled={!mayAct} onClick={() => setDialog("withdraw")} title={keyText("w")}>
                  {m.withdraw}
                </Button>
                <Button variant="default" size="xs" disabled={!mayAct || people.length === 0} onClick={beginSending}>
                  {m.sendBack}
                  <span className={css.key}>{keyText("s")}</span>
                </Button>
                <Button size="xs" disabled={!mayAct} loading={state?.busy === "deciding" && state.link !== "good"} onClick={decide}>
                  {of?.lease.consensus && changes === 0 ? m.accept : m.acceptEdit}
                  <span className={css.key}>{keyText("mod+enter")}</span>
                </Button>
              </div>
            )}
          </>
        }
      />
      <HelpSheet
        open={dialog === "help"}
        onClose={() => setDialog(null)}
        page={HELP}
        ontology={of?.ontology.ontology ?? null}
        tools={tools}
      />
      <QueueDialog
        open={dialog === "queue"}
        project={projectId}
        current={task}
        onClose={() => setDialog(null)}
        onTake={chosen => {
          setDialog(null);
          void session?.take(chosen);
        }}
      />
      <WithdrawDialog
        open={dialog === "withdraw"}
        onClose={() => setDialog(null)}
        onWithdraw={text => {
          setDialog(null);
          void session?.decide({ decision: "withdraw", comments: [{ text }] });
        }}
      />
    </>
  );
}

function EditPanel({ engine, faults }: { engine: WorkbenchEngine; faults: readonly ShownFault[] }) {
  const scene = useEngineState(engine, each => each.scene);
  if (!scene) return null;
  const { ontology } = scene;
  return (
    <>
      {faults.length > 0 && (
        <PanelPart title={c.faults(String(faults.length))}>
          <ul className={css.faults}>
            {faults.slice(0, 20).map(fault => (
              <li key={`${fault.shape}/${faultLine(fault)}`}>{faultLine(fault)}</li>
            ))}
          </ul>
        </PanelPart>
      )}
      {ontology.shapes.length > 0 && (
        <PanelPart title={c.classes}>
          <ClassPalette engine={engine} />
        </PanelPart>
      )}
      {ontology.ontology.questions.some(each => each.kind !== "shapes") && (
        <PanelPart title={c.questions}>
          <QuestionFields engine={engine} />
        </PanelPart>
      )}
      {scene.selection.length > 0 && (
        <PanelPart title={c.attributes}>
          <AttributeFields engine={engine} />
        </PanelPart>
      )}
      {ontology.shapes.length > 0 && (
        <PanelPart title={c.objectCount(count(scene.shapes.length))} grow>
          <ObjectList engine={engine} />
        </PanelPart>
      )}
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

const silent = () => () => {};

const NONE: ReadonlySet<string> = new Set();

const NOTHING_SENT: Sending = { side: null, comments: [], pinning: null };

const HELP = [
  { keys: ["n"], says: m.help.next },
  { keys: ["p"], says: m.help.previous },
  { keys: ["1–9"], says: m.help.take },
  { keys: ["0"], says: m.help.takeConsensus },
  { keys: ["x"], says: m.help.drop },
  { keys: ["shift+1–9"], says: m.help.solo },
  { keys: ["shift+0"], says: m.help.soloConsensus },
  { keys: ["alt+1–9"], says: m.help.toggle },
  { keys: ["alt+0"], says: m.help.toggleConsensus },
  { keys: ["d"], says: m.help.toggleDecision },
  { keys: ["a"], says: m.help.all },
  { keys: ["e", "f2"], says: m.help.mode },
  { keys: ["mod+enter"], says: m.help.accept },
  { keys: ["s"], says: m.help.sendBack },
  { keys: ["w"], says: m.help.withdraw },
  { keys: ["q"], says: m.help.queue },
  { keys: ["\\"], says: m.help.panel },
  { keys: ["?"], says: m.help.help },
];

function dispatch(engine: WorkbenchEngine | null, command: SessionCommand | null): void {
  if (command) engine?.dispatch(command);
}

function toCompare(engine: WorkbenchEngine, setMode: (mode: Mode) => void): void {
  engine.setTool("select");
  setMode("compare");
}

function repinned(of: Case, point: Point, sending: Sending): Sending {
  const [first, ...others] = sending.comments;
  if (!first || sending.side === null) return sending;
  return { ...sending, comments: [{ ...first, about: aboutPoint(of, point, sending.side) }, ...others] };
}

/** Everybody's shape of the object at a point. */
const refsAt = (of: Case, point: Point): readonly ShapeRef[] =>
  of.sides.flatMap(side => {
    const shape = shownAt(of, point, side.id);
    return shape && side.id !== CONSENSUS ? [{ layer: side.id, shape: shape.id }] : [];
  });

/** An object with what stands around it: something small is not blown up until nobody knows it. */
function around(bounds: Rect, of: Case): Rect {
  const least = Math.max(of.size.width, of.size.height) / 8;
  const padX = Math.max(0, (least - (bounds.right - bounds.left)) / 2);
  const padY = Math.max(0, (least - (bounds.bottom - bounds.top)) / 2);
  return { left: bounds.left - padX, top: bounds.top - padY, right: bounds.right + padX, bottom: bounds.bottom + padY };
}

function usePageTitle(name: string | undefined): void {
  useEffect(() => {
    document.title = `${name ? `${name} · ` : ""}${m.title} · ${shell.name}`;
  }, [name]);
}

/** On a small screen a finger moves the picture, not the shapes. */
function usePanOnPhone(engine: WorkbenchEngine | null, opening: number): void {
  useEffect(() => {
    if (opening > 0 && matchMedia("(max-width: 759px)").matches) engine?.setTool("pan");
  }, [engine, opening]);
}
