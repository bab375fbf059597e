import { type AnswerFault, checkScene } from "./answers/check";
import { type ReadFault, readAnswers } from "./answers/read";
import { writeAnswers } from "./answers/write";
import { ClickCounter } from "./clicks";
import { type Rect, type ScreenPoint, type Size, screen, union } from "./coordinates";
import { formOf } from "./geometry/registry";
import { attachInput } from "./input";
import type { JsonObject, JsonValue } from "./json";
import { type ClassRef, indexOntology, type Ontology } from "./ontology/ontology";
import { MOST_DRAWN, overlayModel, type ShapeRef } from "./overlay-model";
import { type Display, PLAIN } from "./render/image-source";
import { drawOverlay } from "./render/overlay";
import { PaintScene, type ShapeLayer } from "./render/paint-scene";
import { Presenter } from "./render/presenter";
import type { RenderReply } from "./render/protocol";
import { createRenderer, type Renderer } from "./render/renderer";
import { HIT_TOLERANCE } from "./render/style";
import type { Command, SessionCommand } from "./scene/commands";
import type { Delta } from "./scene/delta";
import { shapeIds } from "./scene/ids";
import { reduce } from "./scene/reduce";
import { emptyScene, type Scene, type Shape, type ShapeId, shapeOf } from "./scene/scene";
import { advance, openSession, replay, type Session } from "./scene/session";
import { isOn, SceneIndex } from "./spatial/scene-index";
import { type Crosshair, clicked, moved } from "./tools/crosshair";
import { type RunningTool, startTool, toolFor } from "./tools/registry";
import {
  type Modifiers,
  NO_MODIFIERS,
  type PointerInput,
  type ToolContext,
  type ToolDisplay,
  type ToolId,
  type ToolInput,
} from "./tools/tool";
import { fitView, panBy, resized, reveal, toImage, toScreen, type ViewTransform, visible, zoomAt, zoomTo } from "./view";

/** A file that is being decoded, or is. */
export interface PreparedImage {
  readonly size: Size;
  /** Lets go of it, once no task shows it. */
  release(): void;
}

/** What to label. */
export interface WorkbenchTask {
  readonly ontology: Ontology;
  /** The file, with its size as the server says (after EXIF orientation); or one that was prepared. Null shows shapes alone. */
  readonly image: { readonly blob: Blob; readonly size: Size } | PreparedImage | null;
  /** Only where there is no image: the size that shapes lie in. */
  readonly size?: Size;
  /** Answers to begin with, such as a draft's. */
  readonly answers?: JsonValue;
  /** Shapes that are hidden or locked, by id. */
  readonly hidden?: readonly string[];
  readonly locked?: readonly string[];
  /** Commands done upon those answers before, to do again; they can be undone. */
  readonly journal?: readonly SessionCommand[];
  readonly layers?: readonly ShapeLayer[];
  /** Only look: nothing but selecting and hiding is done. */
  readonly readOnly?: boolean;
}

export interface WorkbenchOptions {
  /** An empty element with a size of its own, positioned. */
  readonly container: HTMLElement;
  /** What the canvas is called to those who do not see it. */
  readonly label: string;
  readonly task?: WorkbenchTask;
  readonly display?: Partial<Display>;
  /** Every change of the answers as a command, in order, for a journal; also undo and redo. */
  readonly onCommand?: (command: SessionCommand) => void;
  /** A click on a shape of a layer, where none of one's own lies. */
  readonly onPick?: (ref: ShapeRef) => void;
  /** False draws on the page's own thread. */
  readonly worker?: boolean;
}

export type ImageState =
  | { readonly state: "none" | "loading" | "ready" }
  | { readonly state: "failed"; readonly reason: string }
  /** The file has other pixels than the server says. */
  | { readonly state: "mismatched"; readonly found: Size };

/** What the page around the canvas may show. Another object whenever something of it changed. */
export interface EngineState {
  readonly scene: Scene;
  /** The scene as it would be, if what is under way ended now; the scene itself where nothing is. */
  readonly live: Scene;
  readonly tool: ToolId;
  readonly activeClass: ClassRef | null;
  /** Whether something is half drawn or dragged. */
  readonly busy: boolean;
  readonly hovered: ShapeId | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly image: ImageState;
  /** CSS pixels per pixel of the picture. */
  readonly zoom: number;
  /** Whether one's own shapes are shown; layers are not meant. */
  readonly ownShown: boolean;
  /** Whether the resting scene is drawn for just this view. */
  readonly sharp: boolean;
  readonly display: Display;
  readonly layers: readonly ShapeLayer[];
  readonly readOnly: boolean;
  /** What went wrong in drawing, for whoever can do something about it. */
  readonly failure: string | null;
}

export interface WorkbenchEngine {
  getState(): EngineState;
  subscribe(listener: () => void): () => void;
  /** Called with each move of the view, for what the page lays over the canvas. */
  subscribeView(listener: (view: ViewTransform) => void): () => void;
  /** Decodes a picture ahead, so that opening it later shows it at once. */
  prepare(blob: Blob, size: Size): PreparedImage;
  /** Begins another task; gives what of its answers did not fit. */
  open(task: WorkbenchTask): readonly ReadFault[];
  dispatch(...commands: readonly SessionCommand[]): void;
  undo(): void;
  redo(): void;
  setTool(tool: ToolId): void;
  /** Ends the shape that is being drawn; with none, takes up again the tool that drew last, or else the first that the class at hand is drawn with. */
  drawAgain(): void;
  /** Also takes the tool that draws it, unless the tool at hand does, or none draws. */
  setActiveClass(shapeClass: ClassRef, options?: { readonly keepTool?: boolean }): void;
  setDisplay(display: Partial<Display>): void;
  setLayers(layers: readonly ShapeLayer[]): void;
  /** Takes one's own shapes out of sight and reach, as when looking at one layer alone. No command: nothing of it can be undone. */
  setOwnShown(shown: boolean): void;
  highlight(refs: readonly ShapeRef[]): void;
  /** Shapes that somebody else proposed and nobody has touched: drawn dashed. No command, and forgotten when another task is opened. */
  setProposed(shapes: readonly ShapeId[]): void;
  fit(): void;
  zoomBy(factor: number): void;
  zoomTo(target: readonly ShapeId[] | Rect): void;
  select(shapes: readonly ShapeId[], options?: { readonly reveal?: boolean }): void;
  selectNext(by: 1 | -1): void;
  duplicate(): void;
  copy(): void;
  paste(): void;
  /** Where a shape lies on the canvas, in CSS pixels. */
  screenBounds(shape: ShapeId): Rect | null;
  answers(): JsonObject;
  faults(): readonly AnswerFault[];
  /** Answers to a key as the canvas does when it has the focus; true where the key meant something. */
  handleKey(event: KeyboardEvent): boolean;
  focus(): void;
  destroy(): void;
}

export function createWorkbenchEngine(options: WorkbenchOptions): WorkbenchEngine {
  return new Workbench(options);
}

/** A copy lies this far from its original, in CSS pixels. */
const COPY_OFFSET = 14;

/** Arrow keys pan this far where nothing is selected, in CSS pixels. */
const PAN_STEP = 60;

const ZOOM_STEP = 1.25;

const NO_ONTOLOGY = indexOntology({ questions: [] });

/** What of a display is the engine's own business with one prepared image. */
interface KnownImage extends PreparedImage {
  readonly key: number;
  /** What came of decoding it. */
  decoded: ImageState;
  /** What is told: ready once it is seen. */
  state: ImageState;
}

class Workbench implements WorkbenchEngine {
  readonly #options: WorkbenchOptions;
  readonly #container: HTMLElement;
  readonly #renderer: Renderer;
  readonly #presenter: Presenter;
  readonly #overlay: HTMLCanvasElement;
  readonly #overlayContext: CanvasRenderingContext2D;
  readonly #detach: () => void;
  readonly #listeners = new Set<() => void>();
  readonly #viewListeners = new Set<(view: ViewTransform) => void>();
  readonly #images = new Map<number, KnownImage>();
  readonly #clicks = new ClickCounter();
  readonly #newId = shapeIds(bytes => crypto.getRandomValues(bytes));

  #session: Session = openSession(emptyScene(NO_ONTOLOGY, { width: 1, height: 1 }));
  #index = new SceneIndex(this.#session.scene);
  #paint: PaintScene;
  #view: ViewTransform = fitView({ width: 1, height: 1 }, { width: 1, height: 1 }, 1);
  #fitted = true;
  #tool: RunningTool = startTool("select");
  #activeClass: ClassRef | null = null;
  #display: Display;
  #layers: readonly ShapeLayer[] = [];
  #highlights: readonly ShapeRef[] = [];
  #proposed: readonly ShapeId[] = [];
  #image: KnownImage | null = null;
  #readOnly = false;
  #ownShown = true;
  #hovered: ShapeId | null = null;
  #pointer: ScreenPoint | null = null;
  #crosshair: Crosshair | null = null;
  #panning: { readonly at: ScreenPoint } | null = null;
  #spaceHeld = false;
  #gestures = 0;
  #clipboard: readonly Shape[] = [];
  /** Shapes that changed, with the revision that the picture must have to show them. */
  #unsettled = new Map<ShapeId, number>();
  #failure: string | null = null;
  #state: EngineState | null = null;
  #frame = 0;
  #baseStale = true;
  #overlayStale = true;

  constructor(options: WorkbenchOptions) {
    this.#options = options;
    this.#container = options.container;
    this.#display = { ...PLAIN, ...options.display };
    const base = layer(this.#container);
    this.#overlay = layer(this.#container);
    const context = this.#overlay.getContext("2d");
    if (!context) throw new Error("This browser gives no 2D canvas.");
    this.#overlayContext = context;
    this.#renderer = createRenderer(reply => this.#onReply(reply), options.worker ?? true);
    this.#presenter = new Presenter(base, this.#view, request => this.#renderer.post(request));
    this.#presenter.setDisplay(this.#display);
    this.#paint = new PaintScene(this.#session.scene, request => this.#renderer.post(request));
    this.#container.setAttribute("role", "application");
    this.#container.setAttribute("aria-label", options.label);
    if (this.#container.tabIndex < 0) this.#container.tabIndex = 0;
    this.#detach = attachInput(this.#container, {
      resize: (size, pixelRatio) => this.#resize(size, pixelRatio),
      down: (at, button, time, modifiers) => this.#down(at, button, time, modifiers),
      move: (at, modifiers) => this.#move(at, modifiers),
      up: (at, modifiers) => this.#up(at, modifiers),
      cancel: () => this.#cancel(),
      leave: () => this.#leave(),
      wheel: (at, delta) => this.#setView(zoomAt(this.#view, at, Math.exp(-delta * 0.0015))),
      pan: (dx, dy) => this.#setView(panBy(this.#view, dx, dy)),
      pinch: (from, to, factor) => this.#setView(panBy(zoomAt(this.#view, from, factor), to.x - from.x, to.y - from.y)),
      key: event => this.handleKey(event),
      space: held => this.#space(held),
    });
    if (options.task) this.open(options.task);
  }

  getState(): EngineState {
    this.#state ??= this.#newState();
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  subscribeView(listener: (view: ViewTransform) => void): () => void {
    this.#viewListeners.add(listener);
    listener(this.#view);
    return () => this.#viewListeners.delete(listener);
  }

  prepare(blob: Blob, size: Size): PreparedImage {
    const key = nextImage++;
    const image: KnownImage = {
      key,
      size,
      decoded: LOADING,
      state: LOADING,
      release: () => {
        if (!this.#images.delete(key)) return;
        this.#presenter.forget(key);
        this.#renderer.post({ kind: "forget", image: key });
      },
    };
    this.#images.set(key, image);
    this.#renderer.post({ kind: "decode", image: key, blob, size });
    return image;
  }

  open(task: WorkbenchTask): readonly ReadFault[] {
    const size = task.image?.size ?? task.size ?? { width: 1, height: 1 };
    const { scene, faults } = readAnswers(indexOntology(task.ontology), size, task.answers);
    const previous = this.#image;
    this.#image = this.#known(task.image);
    this.#session = replay(openSession(marked(scene, task)), task.journal ?? []);
    // A gesture of before has its number still: a new one is no part of it.
    this.#gestures = Math.max(this.#gestures, task.journal?.length ?? 0);
    this.#index = new SceneIndex(this.#session.scene);
    this.#layers = task.layers ?? [];
    this.#highlights = [];
    this.#proposed = [];
    this.#readOnly = task.readOnly ?? false;
    this.#ownShown = true;
    this.#lifted = [];
    this.#activeClass = firstClass(this.#session.scene);
    this.#tool = startTool("select");
    this.#hovered = null;
    this.#crosshair = null;
    this.#failure = null;
    this.#unsettled.clear();
    this.#view = fitView(this.#view.viewport, size, this.#view.pixelRatio);
    this.#fitted = true;
    this.#presenter.open(this.#image?.key ?? null, this.#view);
    this.#paint = new PaintScene(this.#session.scene, request => this.#renderer.post(request), this.#layers);
    this.#paint.sendAll(this.#session.scene);
    this.#presenter.begin();
    if (previous && previous !== this.#image) previous.release();
    this.#showFirst();
    return faults;
  }

  dispatch(...commands: readonly SessionCommand[]): void {
    for (const command of commands) this.#do(command);
    if (!this.#ownShown) this.#lift();
    this.#changed();
  }

  undo(): void {
    // While something is being drawn, what was done last is its last point.
    if (this.#tool.draws && this.#tool.isBusy) this.#step({ kind: "key", key: "Backspace", modifiers: NO_MODIFIERS });
    else this.dispatch({ kind: "undo" });
  }

  redo(): void {
    this.dispatch({ kind: "redo" });
  }

  setTool(tool: ToolId): void {
    this.#tool = startTool(tool);
    this.#crosshair = null;
    this.#hovered = null;
    const geometry = this.#tool.draws;
    if (geometry) this.#drewLast = tool;
    // A tool draws for the class at hand, or for the first one that may be drawn so.
    if (geometry && !this.#mayDraw(this.#activeClass, geometry))
      this.#activeClass = firstClass(this.#session.scene, geometry) ?? this.#activeClass;
    this.#lift();
    this.#changed();
  }

  drawAgain(): void {
    if (this.#tool.draws && this.#tool.isBusy) {
      this.#step({ kind: "key", key: "Enter", modifiers: NO_MODIFIERS });
      return;
    }

    const { ontology } = this.#session.scene;
    const last = this.#drewLast;
    const geometry = last && startTool(last).draws;
    if (last && geometry && (this.#mayDraw(this.#activeClass, geometry) || firstClass(this.#session.scene, geometry))) this.setTool(last);
    else {
      const active = this.#activeClass ?? firstClass(this.#session.scene);
      const first = active && ontology.class(active.question, active.class)?.geometries[0];
      if (first) this.setTool(toolFor[first]);
    }
  }

  setActiveClass(shapeClass: ClassRef, { keepTool = false } = {}): void {
    const known = this.#session.scene.ontology.class(shapeClass.question, shapeClass.class);
    if (!known) return;
    const same = this.#activeClass?.question === shapeClass.question && this.#activeClass.class === shapeClass.class;
    this.#activeClass = shapeClass;
    const draws = this.#tool.draws;
    const first = known.geometries[0];
    if (!keepTool && first && (draws === null || !known.geometries.includes(draws))) this.setTool(toolFor[first]);
    else if (!same && draws === "keypoints") this.setTool("keypoints");
    else this.#changed();
  }

  setDisplay(display: Partial<Display>): void {
    this.#display = { ...this.#display, ...display };
    this.#presenter.setDisplay(this.#display);
    this.#changed("view");
  }

  setLayers(layers: readonly ShapeLayer[]): void {
    this.#layers = layers;
    this.#paint.setLayers(layers);
    this.#changed();
  }

  setOwnShown(shown: boolean): void {
    if (shown === this.#ownShown) return;
    this.#ownShown = shown;
    if (!shown) this.setTool("select");
    this.#lift();
    this.#changed();
  }

  highlight(refs: readonly ShapeRef[]): void {
    this.#highlights = refs;
    this.#changed();
  }

  setProposed(shapes: readonly ShapeId[]): void {
    if (shapes.length === 0 && this.#proposed.length === 0) return;
    this.#proposed = shapes;
    this.#changed();
  }

  fit(): void {
    this.#fitted = true;
    this.#setView(fitView(this.#view.viewport, this.#session.scene.image, this.#view.pixelRatio), true);
  }

  zoomBy(factor: number): void {
    const { width, height } = this.#view.viewport;
    this.#setView(zoomAt(this.#view, this.#pointer ?? screen(width / 2, height / 2), factor));
  }

  zoomTo(target: readonly ShapeId[] | Rect): void {
    const rect = Array.isArray(target) ? this.#boundsOf(target) : (target as Rect);
    if (rect) this.#setView(zoomTo(this.#view, rect));
  }

  select(shapes: readonly ShapeId[], options: { readonly reveal?: boolean } = {}): void {
    this.dispatch({ kind: "select", shapes });
    const bounds = options.reveal ? this.#boundsOf(shapes) : null;
    if (!bounds) return;
    const seen = visible(this.#view);
    const fits = bounds.right - bounds.left <= seen.right - seen.left && bounds.bottom - bounds.top <= seen.bottom - seen.top;
    if (!fits) this.#setView(zoomTo(this.#view, bounds));
    else this.#setView(reveal(reveal(this.#view, { x: bounds.left, y: bounds.top }), { x: bounds.right, y: bounds.bottom }));
  }

  selectNext(by: 1 | -1): void {
    const { shapes, selection } = this.#session.scene;
    if (shapes.length === 0) return;
    const at = shapes.findIndex(shape => shape.id === selection[selection.length - 1]);
    const next = shapes[at < 0 ? (by > 0 ? 0 : shapes.length - 1) : (at + by + shapes.length) % shapes.length];
    if (next) this.select([next.id], { reveal: true });
  }

  duplicate(): void {
    const shapes = this.#session.scene.selection;
    const offset = COPY_OFFSET / this.#view.scale;
    this.dispatch({ kind: "duplicate", shapes, ids: shapes.map(() => this.#newId()), dx: offset, dy: offset });
  }

  copy(): void {
    const { scene } = this.#session;
    this.#clipboard = scene.selection.map(id => shapeOf(scene, id)).filter(shape => shape !== undefined);
  }

  paste(): void {
    if (this.#clipboard.length === 0) return;
    const offset = COPY_OFFSET / this.#view.scale;
    const room = { image: this.#session.scene.image, mayLeave: true };
    const shapes = this.#clipboard.map(shape => ({
      ...shape,
      id: this.#newId(),
      geometry: formOf(shape.geometry).move(shape.geometry, offset, offset, room),
    }));
    this.#clipboard = shapes;
    const commands: Command[] = shapes.map(({ id, question, class: of, geometry, attributes }) => ({
      kind: "add",
      shape: { id, question, class: of, geometry, attributes },
    }));
    this.dispatch({ kind: "batch", commands: [...commands, { kind: "select", shapes: shapes.map(shape => shape.id) }] });
  }

  screenBounds(shape: ShapeId): Rect | null {
    const bounds = this.#boundsOf([shape]);
    if (!bounds) return null;
    const from = toScreen(this.#view, { x: bounds.left, y: bounds.top });
    const to = toScreen(this.#view, { x: bounds.right, y: bounds.bottom });
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }

  answers(): JsonObject {
    return writeAnswers(this.#session.scene);
  }

  faults(): readonly AnswerFault[] {
    return checkScene(this.#session.scene);
  }

  handleKey(event: KeyboardEvent): boolean {
    const modifiers = { shift: event.shiftKey, alt: event.altKey, primary: event.ctrlKey || event.metaKey };
    const handled = this.#key(event.key, modifiers);
    if (handled) event.preventDefault();
    return handled;
  }

  focus(): void {
    this.#container.focus({ preventScroll: true });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#detach();
    this.#presenter.close();
    this.#renderer.close();
    this.#presenter.canvas.remove();
    this.#overlay.remove();
    this.#listeners.clear();
    this.#viewListeners.clear();
  }

  /** What was foreseen is seen at once, its shapes drawn over it until there is a picture with them; else it is seen when that comes. */
  #showFirst(): void {
    const { hasPicture } = this.#presenter;
    if (this.#image && this.#image.decoded.state !== "failed") this.#image.state = hasPicture ? this.#image.decoded : LOADING;
    if (hasPicture) for (const { id } of this.#session.scene.shapes.slice(0, MOST_DRAWN)) this.#unsettled.set(id, this.#paint.revision);
    this.#changed("view");
    if (hasPicture) this.#draw();
  }

  // ---- from the pointer and the keys

  #down(at: ScreenPoint, button: number, time: number, modifiers: Modifiers): void {
    this.focus();
    this.#pointer = at;
    const clicks = this.#clicks.down(at, time);
    if (button === 1 || button === 2 || this.#spaceHeld || this.#tool.id === "pan") {
      this.#panning = { at };
      this.#setCursor();
      return;
    }
    if (button !== 0) return;
    this.#crosshair = null;
    this.#step(this.#input("down", at, clicks, modifiers));
    if (this.#tool.id === "select") this.#pickLayer(at);
  }

  #move(at: ScreenPoint, modifiers: Modifiers): void {
    const before = this.#pointer;
    this.#pointer = at;
    if (this.#panning) {
      this.#setView(panBy(this.#view, at.x - this.#panning.at.x, at.y - this.#panning.at.y));
      this.#panning = { at };
      return;
    }
    // A pointer that only trembles while keys move the crosshair does not take it over.
    if (this.#crosshair && before && Math.hypot(at.x - before.x, at.y - before.y) < 2) return;
    this.#crosshair = null;
    this.#step(this.#input("move", at, 0, modifiers));
    this.#hover(at);
  }

  #up(at: ScreenPoint, modifiers: Modifiers): void {
    if (this.#panning) {
      this.#panning = null;
      this.#setCursor();
      return;
    }
    this.#step(this.#input("up", at, this.#clicks.count, modifiers));
  }

  #cancel(): void {
    this.#panning = null;
    this.#step({ kind: "cancel", at: { x: 0, y: 0 }, clicks: 0, modifiers: NO_MODIFIERS });
  }

  #leave(): void {
    this.#pointer = null;
    this.#hovered = null;
    this.#changed();
  }

  #space(held: boolean): void {
    this.#spaceHeld = held;
    this.#setCursor();
  }

  #input(kind: PointerInput["kind"], at: ScreenPoint, clicks: number, modifiers: Modifiers): PointerInput {
    return { kind, at: toImage(this.#view, at), clicks, modifiers };
  }

  #hover(at: ScreenPoint): void {
    const free = this.#tool.id === "select" && !this.#tool.isBusy;
    const hovered = free ? (this.#context().index.shapeAt(toImage(this.#view, at), HIT_TOLERANCE / this.#view.scale)?.id ?? null) : null;
    if (hovered === this.#hovered) return;
    this.#hovered = hovered;
    this.#changed();
  }

  #pickLayer(at: ScreenPoint): void {
    const place = toImage(this.#view, at);
    const tolerance = HIT_TOLERANCE / this.#view.scale;
    if (!this.#options.onPick || this.#context().index.shapeAt(place, tolerance)) return;
    for (const { id, visible: shown, shapes } of this.#layers.toReversed()) {
      const hit = shown ? shapes.findLast(shape => isOn(formOf(shape.geometry).outline(shape.geometry), place, tolerance)) : undefined;
      if (hit) {
        this.#options.onPick({ layer: id, shape: hit.id });
        return;
      }
    }
  }

  #key(key: string, modifiers: Modifiers): boolean {
    if (modifiers.primary) return this.#primaryKey(key.toLowerCase(), modifiers);
    if (this.#tool.draws && this.#drawingKey(key, modifiers)) return true;
    if (this.#step({ kind: "key", key, modifiers })) return true;
    return this.#viewKey(key);
  }

  #primaryKey(key: string, { shift }: Modifiers): boolean {
    const { shapes, selection } = this.#session.scene;
    const actions: Readonly<Record<string, () => void>> = {
      z: () => (shift ? this.redo() : this.undo()),
      y: () => this.redo(),
      a: () => this.dispatch({ kind: "select", shapes: shapes.filter(shape => !shape.hidden && !shape.locked).map(shape => shape.id) }),
      d: () => this.duplicate(),
      c: () => this.copy(),
      v: () => this.paste(),
      arrowup: () => this.dispatch({ kind: "reorder", shapes: selection, to: "forward" }),
      arrowdown: () => this.dispatch({ kind: "reorder", shapes: selection, to: "backward" }),
    };
    const action = actions[key];
    action?.();
    return action !== undefined;
  }

  /** Drawing without a pointer: arrow keys move a crosshair, Enter clicks there. */
  #drawingKey(key: string, modifiers: Modifiers): boolean {
    const { image } = this.#session.scene;
    const start = this.#crosshair ?? { at: this.#centreOrPointer(), clicks: 0 };
    const next = moved(start, key, modifiers, 1 / this.#view.scale, image);
    if (next) {
      this.#crosshair = next;
      this.#step({ kind: "move", at: next.at, clicks: 0, modifiers: NO_MODIFIERS });
      this.#setView(reveal(this.#view, next.at));
      return true;
    }
    if (key !== "Enter" || !this.#crosshair) return false;
    this.#crosshair = clicked(this.#crosshair);
    const { at, clicks } = this.#crosshair;
    const marks = { ...NO_MODIFIERS, shift: modifiers.shift };
    this.#step({ kind: "down", at, clicks, modifiers: marks });
    this.#step({ kind: "up", at, clicks, modifiers: marks });
    return true;
  }

  #centreOrPointer(): { x: number; y: number } {
    const { width, height } = this.#view.viewport;
    const at = toImage(this.#view, this.#pointer ?? screen(width / 2, height / 2));
    const { image } = this.#session.scene;
    return { x: Math.round(Math.max(0, Math.min(at.x, image.width))), y: Math.round(Math.max(0, Math.min(at.y, image.height))) };
  }

  #viewKey(key: string): boolean {
    const { selection } = this.#session.scene;
    const pan = (dx: number, dy: number) => this.#setView(panBy(this.#view, dx * PAN_STEP, dy * PAN_STEP));
    const actions: Readonly<Record<string, () => void>> = {
      "+": () => this.zoomBy(ZOOM_STEP),
      "=": () => this.zoomBy(ZOOM_STEP),
      "-": () => this.zoomBy(1 / ZOOM_STEP),
      Home: () => this.fit(),
      End: () => this.zoomTo(selection),
      PageDown: () => this.selectNext(1),
      PageUp: () => this.selectNext(-1),
      Escape: () => this.setTool("select"),
      // What was just drawn is selected while its tool stays at hand.
      Delete: () => this.dispatch({ kind: "delete", shapes: selection }),
      ArrowLeft: () => pan(1, 0),
      ArrowRight: () => pan(-1, 0),
      ArrowUp: () => pan(0, 1),
      ArrowDown: () => pan(0, -1),
    };
    const action = actions[key];
    if (!action || (key === "Escape" && this.#tool.id === "select") || (key === "Delete" && selection.length === 0)) return false;
    action();
    return true;
  }

  // ---- doing

  #context(): ToolContext {
    return {
      scene: this.#session.scene,
      index: this.#ownShown ? this.#index : NO_INDEX,
      pixel: 1 / this.#view.scale,
      activeClass: this.#activeClass,
      newId: this.#newId,
      newGesture: () => `g${++this.#gestures}`,
    };
  }

  /** Gives the tool an input; true where it meant something to it. */
  #step(input: ToolInput): boolean {
    const { commands, handled } = this.#tool.step(input, this.#context());
    for (const command of commands ?? []) this.#do(command);
    this.#lift();
    this.#changed();
    return handled;
  }

  #do(command: SessionCommand): void {
    if (this.#readOnly && command.kind !== "select" && command.kind !== "hide") return;
    const { session, delta } = advance(this.#session, command);
    this.#session = session;
    if (!delta) return;
    this.#index.update(session.scene, delta);
    this.#paint.update(session.scene, delta);
    this.#unsettle(delta);
    if (delta.changes.length > 0 || command.kind === "undo" || command.kind === "redo") this.#options.onCommand?.(command);
  }

  /** Until the picture shows them, shapes that changed are drawn over it; of very many only what is selected. */
  #unsettle(delta: Delta): void {
    const revision = this.#paint.revision;
    for (const change of delta.changes) {
      if (change.kind === "answer") continue;
      const { id } = change.kind === "replace" ? change.after : change.shape;
      if (change.kind === "remove") this.#unsettled.delete(id);
      else if (this.#unsettled.size < MOST_DRAWN) this.#unsettled.set(id, revision);
    }
  }

  /** Takes what is being moved out of the resting picture. */
  #lift(): void {
    const { shapes } = this.#session.scene;
    const moving = this.#ownShown ? this.#pendingIds(this.#tool.show(this.#context())) : shapes.map(shape => shape.id);
    this.#paint.lift(moving);
    // What is let down again is drawn over the picture until that shows it; of very many only what is selected.
    const still = new Set(moving);
    for (const id of this.#lifted)
      if (!still.has(id) && this.#unsettled.size < MOST_DRAWN && shapeOf(this.#session.scene, id))
        this.#unsettled.set(id, this.#paint.revision);
    this.#lifted = moving;
  }

  #lifted: readonly ShapeId[] = [];

  #drewLast: ToolId | null = null;

  #pendingIds({ pending }: ToolDisplay): readonly ShapeId[] {
    if (pending.length === 0) return NONE;
    const ids = pending.flatMap(command =>
      "shapes" in command ? command.shapes : "shape" in command && typeof command.shape === "string" ? [command.shape] : [],
    );
    return ids.length > MOST_DRAWN ? NONE : ids;
  }

  #live(display: ToolDisplay): Scene {
    return display.pending.reduce((scene, command) => reduce(scene, command).scene, this.#session.scene);
  }

  #boundsOf(ids: readonly ShapeId[]): Rect | null {
    const bounds = ids.map(id => this.#index.boundsOf(id)).filter(rect => rect !== undefined);
    return bounds.length === 0 ? null : bounds.reduce(union);
  }

  #mayDraw(ref: ClassRef | null, geometry: string): boolean {
    const shapeClass = ref && this.#session.scene.ontology.class(ref.question, ref.class);
    return shapeClass?.geometries.some(kind => kind === geometry) ?? false;
  }

  // ---- showing

  #resize(viewport: Size, pixelRatio: number): void {
    if (viewport.width < 1 || viewport.height < 1) return;
    const view = this.#fitted ? fitView(viewport, this.#session.scene.image, pixelRatio) : resized(this.#view, viewport, pixelRatio);
    this.#overlay.width = Math.round(viewport.width * pixelRatio);
    this.#overlay.height = Math.round(viewport.height * pixelRatio);
    this.#setView(view, this.#fitted);
    // At once: a canvas that changed its size is blank.
    this.#draw();
  }

  #setView(view: ViewTransform, fitted = false): void {
    this.#fitted = fitted;
    if (view === this.#view) return;
    this.#view = view;
    this.#presenter.setView(view);
    for (const listener of this.#viewListeners) listener(view);
    this.#changed("view");
  }

  #onReply(reply: RenderReply): void {
    switch (reply.kind) {
      case "decoded":
      case "undecodable": {
        const image = this.#images.get(reply.image);
        if (!image) return;
        image.decoded = reply.kind === "decoded" ? stateOf(image.size, reply.size) : { state: "failed", reason: reply.reason };
        // What is decoded is ready when it is seen.
        if (image !== this.#image || image.decoded.state === "failed") image.state = image.decoded;
        if (image === this.#image) this.#changed();
        else if (image.decoded.state === "ready") this.#presenter.foresee(image);
        return;
      }
      case "foreseen":
        this.#presenter.foreseen(reply);
        return;
      case "failed":
        this.#failure = reply.reason;
        this.#changed();
        return;
      case "picture":
        if (!this.#presenter.take(reply)) return;
        if (this.#image && reply.withImage) this.#image.state = this.#image.decoded;
        for (const [id, revision] of this.#unsettled) if (revision <= this.#presenter.revision) this.#unsettled.delete(id);
        this.#changed("view");
    }
  }

  #changed(what: "overlay" | "view" = "overlay"): void {
    this.#overlayStale = true;
    if (what === "view") this.#baseStale = true;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
    this.#notify();
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#baseStale) this.#presenter.draw();
    if (this.#baseStale || this.#overlayStale) this.#drawOverlay();
    this.#baseStale = false;
    this.#overlayStale = false;
    this.#setCursor();
  }

  #drawOverlay(): void {
    const context = this.#context();
    const display = this.#tool.show(context);
    const live = this.#live(display);
    const model = overlayModel({
      view: this.#view,
      live: this.#ownShown ? live : { ...live, shapes: [], selection: [] },
      context,
      display,
      hovered: this.#hovered,
      unsettled: [...this.#unsettled.keys(), ...this.#lifted],
      highlights: this.#highlights,
      proposed: this.#proposed,
      layers: this.#layers,
      isDrawing: this.#tool.draws !== null && !this.#readOnly,
      pointer: this.#panning || this.#spaceHeld ? null : this.#pointer,
      crosshair: this.#crosshair,
    });
    drawOverlay(this.#overlayContext, model);
  }

  #setCursor(): void {
    const pans = this.#panning ? "grabbing" : this.#spaceHeld ? "grab" : null;
    const cursor = pans ?? (this.#crosshair ? "none" : this.#tool.show(this.#context()).cursor);
    if (this.#container.style.cursor !== cursor) this.#container.style.cursor = cursor;
  }

  #notify(): void {
    const next = this.#newState();
    const before = this.#state;
    if (before && (Object.keys(next) as (keyof EngineState)[]).every(name => next[name] === before[name])) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #newState(): EngineState {
    return {
      scene: this.#session.scene,
      live: this.#live(this.#tool.show(this.#context())),
      tool: this.#tool.id,
      activeClass: this.#activeClass,
      busy: this.#tool.isBusy,
      hovered: this.#hovered,
      canUndo: this.#session.past.length > 0,
      canRedo: this.#session.future.length > 0,
      image: this.#image?.state ?? NO_IMAGE,
      zoom: this.#view.scale,
      ownShown: this.#ownShown,
      sharp: this.#presenter.isSharp,
      display: this.#display,
      layers: this.#layers,
      readOnly: this.#readOnly,
      failure: this.#failure,
    };
  }

  #known(image: WorkbenchTask["image"]): KnownImage | null {
    if (!image) return null;
    const prepared = "blob" in image ? this.prepare(image.blob, image.size) : image;
    return [...this.#images.values()].find(candidate => candidate === prepared) ?? null;
  }
}

let nextImage = 1;

const NONE: readonly ShapeId[] = [];

/** Where nothing is to be hit. */
const NO_INDEX = new SceneIndex(emptyScene(NO_ONTOLOGY, { width: 1, height: 1 }));

const NO_IMAGE: ImageState = { state: "none" };

const LOADING: ImageState = { state: "loading" };

const READY: ImageState = { state: "ready" };

/** Decoded pixels must be those that the server counts in; a picture too large to hold is decoded smaller, in its proportions. */
function stateOf(told: Size, found: Size): ImageState {
  const same = told.width === found.width && told.height === found.height;
  const smaller = found.width === Math.ceil(told.width / 2) && found.height === Math.ceil(told.height / 2);
  return same || smaller ? READY : { state: "mismatched", found };
}

function marked(scene: Scene, { hidden = [], locked = [] }: WorkbenchTask): Scene {
  if (hidden.length + locked.length === 0) return scene;
  const [isHidden, isLocked] = [new Set(hidden), new Set(locked)];
  return { ...scene, shapes: scene.shapes.map(shape => ({ ...shape, hidden: isHidden.has(shape.id), locked: isLocked.has(shape.id) })) };
}

function firstClass({ ontology }: Scene, geometry?: string): ClassRef | null {
  for (const question of ontology.shapes) {
    const found = question.classes.find(shapeClass => geometry === undefined || shapeClass.geometries.some(kind => kind === geometry));
    if (found) return { question: question.id, class: found.id };
  }
  return null;
}

function layer(container: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  Object.assign(canvas.style, { position: "absolute", inset: "0", width: "100%", height: "100%", display: "block", pointerEvents: "none" });
  container.append(canvas);
  return canvas;
}
