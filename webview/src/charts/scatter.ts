import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import type { ClassColor } from "../layout/class-colors.ts";
import { type ClusterMean, clusterMeans } from "../layout/cluster-labels.ts";
import { labelAt } from "../layout/item-at.ts";
import { alignedTo } from "../layout/points/align-points.ts";
import {
  type Camera,
  cameraOf,
  movedBy,
  NO_ZOOM,
  type Place,
  toData,
  toPixels,
  type Zoom,
  zoomedAbout,
} from "../layout/points/camera.ts";
import { pointsInside } from "../layout/points/lasso.ts";
import { pairLines } from "../layout/points/pair-lines.ts";
import { type PointGrid, pointGrid } from "../layout/points/point-grid.ts";
import { pointRadius } from "../layout/points/point-radius.ts";
import { matchPoints, type PointSet } from "../layout/points/point-set.ts";
import {
  pointStyles,
  type ScatterFilter,
  STYLE_BYTES,
  setLevels,
  shownPoints,
} from "../layout/points/point-styles.ts";
import type { SimilarityScale } from "../layout/points/similarity.ts";
import { readTheme, type Theme } from "../theme/theme.ts";
import { element } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { PointLayer } from "./points/point-layer.ts";
import { PointMotion } from "./points/point-motion.ts";
import { pointPalette } from "./points/point-palette.ts";
import type { Palette } from "./points/point-renderer.ts";
import { prepared } from "./scatter-drawing.ts";
import { drawFront } from "./scatter-front.ts";
import { type PlotTool, ScatterGestures } from "./scatter-gestures.ts";
import { type ScatterKey, scatterKey } from "./scatter-keys.ts";

export interface ScatterData extends ScatterFilter {
  readonly view: EmbeddingView;
  readonly points: PointSet;
  /** Pictures of one kind keep their orientation, whatever was shown in between. */
  readonly kind: string;
  readonly classes: readonly ClassColor[];
  /** Colours tell similarity instead of class. */
  readonly scale?: SimilarityScale;
  /** Indices of points; the others are dimmed unless there are none. */
  readonly selected: Int32Array;
  /** Items whose points are joined by lines. */
  readonly linked: readonly number[];
  readonly hasHoverLines: boolean;
  readonly tool: PlotTool;
  /** The picture in words. */
  readonly summary: string;
}

export interface ScatterEvents {
  /** The item under the pointer; `undefined` when there is none. */
  readonly onPin: (row: number | undefined) => void;
  /** Indices of points. */
  readonly onSelect: (points: Int32Array) => void;
}

/** Pixels around the pointer in which a point counts as meant. */
const REACH = 14;

/** Points of all modalities in one picture: shape is the modality. Moves, magnifies and selects. */
export class Scatter implements Chart<ScatterData> {
  readonly element: HTMLElement;
  readonly #layer = new PointLayer();
  readonly #front = element("canvas", { className: "scatter-layer scatter-front" });
  readonly #resize: ResizeObserver;
  readonly #gestures: ScatterGestures;
  readonly #events: ScatterEvents;
  #data: ScatterData | undefined;
  #motion: PointMotion | undefined;
  /** The last picture of each kind, as it was turned. */
  readonly #turned = new Map<string, PointSet>();
  #grid: PointGrid | undefined;
  #shown: Uint8Array = new Uint8Array();
  #styles: Uint8Array = new Uint8Array();
  #linkedEnds: Int32Array = new Int32Array();
  #means: readonly ClusterMean[] = [];
  #zoom: Zoom = NO_ZOOM;
  #theme: { readonly colors: Theme; readonly palette: Palette } | undefined;
  #pinned: number | undefined;
  #emphasized: string | undefined;
  #outline: readonly Place[] = [];
  #isScheduled = false;

  constructor(events: ScatterEvents) {
    this.#events = events;
    this.element = element(
      "div",
      { className: "scatter", attributes: { role: "img", tabindex: "0" } },
      this.#layer.element,
      this.#front,
    );
    this.#gestures = new ScatterGestures(this.element, {
      onHover: (place) => this.#hover(place),
      onLasso: (outline) => {
        this.#outline = outline;
        this.#schedule();
      },
      onSelect: (outline, isAdding) => this.#select(this.#inside(outline), isAdding),
      onClick: (place, isAdding) => this.#select(this.#pointsAt(place), isAdding),
      onMove: (dx, dy) => this.#setZoom(movedBy(this.#zoom, dx, dy)),
      onZoom: (by, at) => this.#setZoom(zoomedAbout(this.#zoom, by, at)),
    });
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.#resize = new ResizeObserver(() => this.#draw());
    this.#resize.observe(this.element);
  }

  update(data: ScatterData): void {
    const before = this.#data;
    this.#data = data;
    this.#gestures.tool = data.tool;
    this.element.classList.toggle("moving", data.tool === "move");
    this.element.setAttribute("aria-label", data.summary);
    if (before?.points !== data.points) this.#show(data);
    const isNew = before === undefined || isRestyled(before, data);
    if (isNew) this.#restyle(data);
    if (isNew || before.selected !== data.selected) this.#relevel(data);
    if (isNew || before.linked !== data.linked) {
      this.#linkedEnds = pairLines(data.points, this.#shown, data.linked);
    }
    this.#schedule();
  }

  /** Shows one item in all its modalities. */
  pin(row: number | undefined): void {
    this.#pinned = row;
    this.#schedule();
  }

  /** Brings one class to the front and dims the others. */
  emphasize(label: string | undefined): void {
    this.#emphasized = label;
    if (this.#data !== undefined) this.#relevel(this.#data);
    this.#schedule();
  }

  /** Magnifies about the middle. */
  zoomBy(by: number): void {
    const { clientWidth, clientHeight } = this.element;
    this.#setZoom(zoomedAbout(this.#zoom, by, { x: clientWidth / 2, y: clientHeight / 2 }));
  }

  fit(): void {
    this.#setZoom(NO_ZOOM);
  }

  /** Selects all points that the plot shows now, neither filtered out nor outside of it. */
  selectVisible(): void {
    const { clientWidth: right, clientHeight: bottom } = this.element;
    const [left, top] = [0, 0];
    const corners = [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ];
    this.#select(this.#inside(corners), false);
  }

  /** What comes next has nothing to do with what was shown. */
  reset(): void {
    this.#motion = undefined;
    this.#turned.clear();
    this.#zoom = NO_ZOOM;
  }

  repaint(): void {
    this.#theme = undefined;
    this.#schedule();
  }

  dispose(): void {
    this.#resize.disconnect();
    this.#layer.dispose();
  }

  /**
   * The new picture takes the place of the shown one: turned towards the last of its kind, or of any,
   * and moving from where the points are.
   */
  #show({ points, kind }: ScatterData): void {
    this.#grid = undefined;
    const shown = this.#motion;
    const size = this.#size();
    const model = this.#turned.get(kind) ?? shown?.points;
    const turned =
      model === undefined ? points : alignedTo(model, points, matchPoints(model, points));
    this.#turned.set(kind, turned);
    if (shown === undefined || size === undefined) {
      this.#motion = PointMotion.resting(turned);
    } else {
      const matches = matchPoints(shown.points, points);
      const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.#motion = isStill
        ? PointMotion.resting(turned)
        : shown.toward(turned, matches, {
            shown: cameraOf(shown.points.bounds, size, this.#zoom),
            next: cameraOf(turned.bounds, size, this.#zoom),
            nowMs: performance.now(),
          });
    }
    this.#layer.setPositions(this.#motion.from, this.#motion.points.xy);
  }

  #restyle(data: ScatterData): void {
    const { view, classes, scale } = data;
    const points = this.#motion?.points ?? data.points;
    const coloring = scale === undefined ? { classes } : { classes, scale };
    this.#styles = pointStyles(view, points, coloring);
    this.#shown = shownPoints(view, points, data);
    this.#means = clusterMeans(points, this.#shown);
  }

  #relevel({ view, points, selected }: ScatterData): void {
    const label = this.#emphasized;
    if (label !== undefined) {
      const { rows } = points;
      setLevels(this.#styles, this.#shown, (index) => labelAt(view, rows[index] ?? -1) === label);
    } else if (selected.length > 0) {
      const isLit = new Uint8Array(points.rows.length);
      for (const index of selected) isLit[index] = 1;
      setLevels(this.#styles, this.#shown, (index) => isLit[index] === 1);
    } else setLevels(this.#styles, this.#shown);
    this.#layer.setStyles(this.#styles);
  }

  #size(): { readonly width: number; readonly height: number } | undefined {
    const { clientWidth: width, clientHeight: height } = this.element;
    return width < 40 || height < 40 ? undefined : { width, height };
  }

  #camera(): Camera | undefined {
    const size = this.#size();
    if (size === undefined || this.#motion === undefined) return undefined;
    return cameraOf(this.#motion.points.bounds, size, this.#zoom);
  }

  /** Once for all that changes within a frame; while points move, every frame. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.#draw();
      if (this.#motion?.isMovingAt(performance.now()) === true) this.#schedule();
    });
  }

  #draw(): void {
    const [size, camera] = [this.#size(), this.#camera()];
    const [motion, data] = [this.#motion, this.#data];
    if (size === undefined || camera === undefined) return;
    if (motion === undefined || data === undefined) return;
    const { colors, palette } = this.#colors();
    const { points } = motion;
    const nowMs = performance.now();
    const share = motion.shareAt(nowMs);
    const radius = pointRadius(points.rows.length, points.bounds, camera.scale);
    this.#layer.draw({ ...size, camera, ratio: devicePixelRatio, radius, share });
    const context = prepared(this.#front, size.width, size.height);
    if (context === undefined) return;
    drawFront(context, colors, {
      data,
      camera,
      placeOf: (index) => toPixels(camera, motion.xAt(index, share), motion.yAt(index, share)),
      shown: this.#shown,
      linkedEnds: this.#linkedEnds,
      means: motion.isMovingAt(nowMs) ? [] : this.#means,
      radius,
      pinned: this.#pinned,
      outline: this.#outline,
      inkOf: (index) => {
        const ink = palette.inks[this.#styles[STYLE_BYTES * index + 1] ?? 0];
        return `rgb(${(ink ?? palette.ground).join(" ")})`;
      },
    });
  }

  #colors(): { readonly colors: Theme; readonly palette: Palette } {
    if (this.#theme !== undefined) return this.#theme;
    const colors = readTheme();
    const palette = pointPalette(colors);
    this.#layer.setPalette(palette);
    this.#theme = { colors, palette };
    return this.#theme;
  }

  #setZoom(zoom: Zoom): void {
    this.#zoom = zoom;
    this.#schedule();
  }

  #hover(place: Place | undefined): void {
    const index = place === undefined ? -1 : this.#nearest(place);
    this.#events.onPin(index < 0 ? undefined : this.#data?.points.rows[index]);
  }

  #nearest(place: Place): number {
    const [camera, points] = [this.#camera(), this.#motion?.points];
    if (camera === undefined || points === undefined) return -1;
    this.#grid ??= pointGrid(points.xy, points.bounds);
    const at = { ...toData(camera, place), radius: REACH / camera.scale };
    return this.#grid.nearest(at, (index) => this.#shown[index] === 1);
  }

  #pointsAt(place: Place): Int32Array {
    const index = this.#nearest(place);
    return index < 0 ? new Int32Array() : Int32Array.of(index);
  }

  #inside(outline: readonly Place[]): Int32Array {
    const [camera, points] = [this.#camera(), this.#motion?.points];
    this.#outline = [];
    if (camera === undefined || points === undefined) return new Int32Array();
    const corners = outline.map((place) => toData(camera, place));
    return pointsInside(corners, points.xy, (index) => this.#shown[index] === 1);
  }

  #select(found: Int32Array, isAdding: boolean): void {
    const held = isAdding ? (this.#data?.selected ?? []) : [];
    this.#events.onSelect(Int32Array.from(new Set([...held, ...found])).sort());
  }

  #onKey(event: KeyboardEvent): void {
    const rows = this.#visibleRows();
    const key = scatterKey(
      event,
      this.#pinned === undefined ? -1 : rows.indexOf(this.#pinned),
      rows.length,
    );
    if (key === undefined) return;
    event.preventDefault();
    this.#press(key, rows);
  }

  #press(key: ScatterKey, rows: readonly number[]): void {
    switch (key.type) {
      case "item":
        this.#events.onPin(rows[key.index]);
        return;
      case "move":
        this.#setZoom(movedBy(this.#zoom, key.dx, key.dy));
        return;
      case "zoom":
        this.zoomBy(key.by);
        return;
      case "fit":
        this.fit();
        return;
      case "select-visible":
        this.selectVisible();
        return;
      case "select-item":
        this.#selectPinned();
        return;
      default:
        this.#giveUp();
    }
  }

  /** One thing at a time, the latest first: the outline, the pinned item, the selection. */
  #giveUp(): void {
    if (this.#gestures.cancel()) return;
    if (this.#pinned !== undefined) this.#events.onPin(undefined);
    else this.#events.onSelect(new Int32Array());
  }

  #selectPinned(): void {
    const rows = this.#data?.points.rows ?? new Int32Array();
    const own = [...rows.keys()].filter(
      (index) => rows[index] === this.#pinned && this.#shown[index] === 1,
    );
    this.#select(Int32Array.from(own), true);
  }

  /** Items with a visible point, in the order of the points. */
  #visibleRows(): readonly number[] {
    const rows = this.#data?.points.rows.filter((_, index) => this.#shown[index] === 1);
    return [...new Set(rows)];
  }
}

function isRestyled(before: ScatterData, data: ScatterData): boolean {
  const keys = ["view", "points", "classes", "scale", "hiddenClasses", "hiddenModalities"] as const;
  return keys.some((key) => before[key] !== data[key]);
}
