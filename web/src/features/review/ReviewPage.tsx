import { Button } from "@mantine/core";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { SessionCommand, WorkbenchEngine } from "../../engine";
import { canvas as c } from "../../messages/en/canvas";
import { review as m } from "../../messages/en/review";
import { shell } from "../../messages/en/shell";
import { answerKeys } from "../canvas/answers";
import { CanvasFrame } from "../canvas/CanvasFrame";
import { CanvasStage } from "../canvas/CanvasStage";
import { useEngineState } from "../canvas/engine";
import { shownFault } from "../canvas/faults";
import { HelpSheet } from "../canvas/HelpSheet";
import { assignKeys, keyText, ontologyKeys, toolKeys, useCanvasKeys } from "../canvas/keys";
import { objectKeys } from "../canvas/objectKeys";
import { type PlacedPin, PlacedPins } from "../canvas/PlacedPins";
import { ToolBar, toolsOf } from "../canvas/ToolBar";
import { BarButton, ViewBar } from "../canvas/ViewBar";
import { type Me, mayManage } from "../sign-in/me";
import { usePanOnPhone } from "../work/pageState";
import { useWorkProject } from "../work/useWorkProject";
import { Acts } from "./Acts";
import { ComparePanel } from "./ComparePanel";
import { aboutAt, aboutPoint, beginningAt, placeOf, wireComment } from "./comments";
import { changesOf } from "./decision";
import { EditPanel } from "./EditPanel";
import { HELP, sideKeys } from "./keys";
import { Notices } from "./Notices";
import { PinPicker } from "./PinPicker";
import { around, refsAt } from "./places";
import { type Point, pointsOf } from "./points";
import { QueueDialog } from "./QueueDialog";
import css from "./ReviewPage.module.css";
import { canSend, SendBack, type Sending } from "./SendBack";
import sendCss from "./SendBack.module.css";
import { StageNote } from "./StageNote";
import { ALL_SEEN, type Case, DECISION, isSeen, layersOf, peopleOf, type Sight, sideOf, soloed, toggled } from "./sides";
import { Tags } from "./Tags";
import { Top } from "./Top";
import { dropCommand, startCommand, takeCommand } from "./take";
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
  const isBare = state !== null && state.phase !== "case" && state.phase !== "opening";
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
  useEffect(() => {
    if (opening > 0 && (document.activeElement === null || document.activeElement === document.body)) engine?.focus();
  }, [engine, opening]);
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
    ["a", () => setSight({ off: NONE, solo: null })],
    ...sideKeys(people, {
      take: side => take(point, side),
      solo: side => setSight(soloed(sight, side)),
      toggle: side => setSight(toggled(sight, side)),
    }),
  ];
  const editing = useMemo(() => {
    if (!engine || !of) return [];
    const drawing = Object.entries(tools).map(([tool, key]) => [key, () => engine.setTool(tool as keyof typeof tools)] as const);
    const again = assignKeys([["again", "n"]], new Set([...ontologyKeys(of.ontology.ontology), ...Object.values(tools)])).again;
    const drawAgain = again === undefined ? [] : [[again, () => engine.drawAgain()] as const];
    return [...objectKeys(engine), ...answerKeys(engine, of.ontology), ...drawing, ...drawAgain];
  }, [engine, of, tools]);
  const keys = mode === "send" ? shared : isEditing ? [...editing, ...shared] : [...comparing, ...shared];
  useCanvasKeys(mode === "send" ? null : engine, new Map(current ? keys : shared), dialog === null);

  const changes = of?.lease.consensus && scene ? changesOf(of, scene) : null;
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
            projectId={projectId}
            state={state}
            name={project?.name ?? m.title}
            back={back}
            buttons={
              <>
                <Button variant="default" size="compact-xs" title={keyText("q")} onClick={() => setDialog("queue")}>
                  {m.openQueue}
                </Button>
                <BarButton icon="help" label={m.help.help} shortcut="?" onClick={() => setDialog("help")} />
                {!isBare && (
                  <BarButton icon="panel" label={c.panel} shortcut="\" pressed={panelOpen} onClick={() => setPanelOpen(!panelOpen)} />
                )}
              </>
            }
          />
        }
        notices={session && state && <Notices session={session} state={state} />}
        tools={current && <ToolBar engine={engine} keys={isEditing ? tools : {}} />}
        stageStays
        bare={isBare}
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
                    <ComparePanel
                      of={of}
                      points={points}
                      scene={scene}
                      at={at}
                      sight={sight}
                      onSight={setSight}
                      onGo={goTo}
                      onTake={take}
                      onStep={step}
                      onBegin={side => dispatch(engine, startCommand(of, side))}
                    />
                  )}
                </>
              )}
            </div>
          )
        }
        bottom={
          <>
            <ViewBar engine={engine} />
            {state && current && mode !== "send" && (
              <Acts
                state={state}
                changes={changes}
                mayAct={mayAct}
                maySend={people.length > 0}
                onCallOff={() => session?.callOff()}
                onGiveBack={() => void session?.giveBack()}
                onWithdraw={() => setDialog("withdraw")}
                onSendBack={beginSending}
                onDecide={decide}
              />
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

const silent = () => () => {};

const NONE: ReadonlySet<string> = new Set();

const NOTHING_SENT: Sending = { side: null, comments: [], pinning: null };

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

function usePageTitle(name: string | undefined): void {
  useEffect(() => {
    document.title = `${name ? `${name} · ` : ""}${m.title} · ${shell.name}`;
  }, [name]);
}
