import { X_AXES, type XAxis } from "../../../core/protocol/panel/curves.ts";
import { PROJECTION_METHODS } from "../../../core/protocol/panel/embeddings.ts";
import { PANEL_TABS, type PanelTab } from "../../../core/protocol/panel/run.ts";
import type { LayerSort } from "../layout/layer-sort.ts";

/** Which picture of the embeddings is shown, and how. */
export interface ScatterSettings {
  readonly method: (typeof PROJECTION_METHODS)[number];
  readonly isGapRemoved: boolean;
  readonly color: (typeof POINT_COLORS)[number];
  readonly links: (typeof PAIR_LINKS)[number];
  readonly tool: (typeof PLOT_TOOLS)[number];
}

export const POINT_COLORS = ["class", "similarity"] as const;
/** Whose points are joined by lines; selected and worst ones besides the one under the pointer. */
export const PAIR_LINKS = ["off", "hover", "selection", "worst"] as const;
export const PLOT_TOOLS = ["select", "move"] as const;

/** What the reader has chosen; kept by VS Code while the panel is hidden or the window reloads. */
export interface ViewSettings {
  readonly tab: PanelTab;
  readonly axis: XAxis;
  /** Weight of the moving average, 0..0.99. */
  readonly smoothing: number;
  readonly showEnvelope: boolean;
  readonly isLogY: boolean;
  readonly norm: "l1" | "l2";
  readonly layer?: string;
  /** Words that a layer's name must hold to be listed. */
  readonly layerFilter: string;
  /** Without one, layers stand in the model's order. */
  readonly layerSort?: LayerSort;
  /** Key of the run that the weights are compared with, where it is shown. */
  readonly reference?: string;
  /** In units of `axis`. */
  readonly zoom?: readonly [number, number];
  /** The λ that the handle of the path stands at; without one, the λ that was chosen. */
  readonly lambda?: number;
  readonly collapsedGroups: readonly string[];
  readonly hiddenClasses: readonly string[];
  readonly hiddenModalities: readonly string[];
  /** Keys of runs over this one that are not drawn. */
  readonly hiddenRuns: readonly string[];
  readonly scatter: ScatterSettings;
  /** Figures that are shown as a table. */
  readonly tables: readonly string[];
  /** Key of the run that this one is compared with; without one, the first of the others. */
  readonly comparedWith?: string;
  /** Part of the data whose metrics are compared; without one, the first of those measured. */
  readonly comparedPart?: string;
  readonly showEqualSettings: boolean;
  readonly showAllMetrics: boolean;
}

export const DEFAULT_SETTINGS: ViewSettings = {
  tab: "curves",
  axis: "step",
  smoothing: 0.6,
  showEnvelope: true,
  isLogY: false,
  norm: "l1",
  layerFilter: "",
  collapsedGroups: [],
  hiddenClasses: [],
  hiddenModalities: [],
  hiddenRuns: [],
  scatter: {
    method: "pca",
    isGapRemoved: false,
    color: "class",
    links: "selection",
    tool: "select",
  },
  tables: [],
  showEqualSettings: false,
  showAllMetrics: false,
};

/** Reads what an earlier page kept; anything unknown or out of range falls back to the default. */
export function parseViewSettings(value: unknown): ViewSettings {
  if (typeof value !== "object" || value === null) return DEFAULT_SETTINGS;
  const kept = new Map<string, unknown>(Object.entries(value));
  const layer = kept.get("layer");
  const layerFilter = kept.get("layerFilter");
  const reference = kept.get("reference");
  const layerSort = parseSort(kept.get("layerSort"));
  const zoom = parseZoom(kept.get("zoom"));
  const lambda = kept.get("lambda");
  const comparedWith = kept.get("comparedWith");
  const comparedPart = kept.get("comparedPart");
  return {
    tab: PANEL_TABS.find((tab) => tab === kept.get("tab")) ?? DEFAULT_SETTINGS.tab,
    axis: X_AXES.find((axis) => axis === kept.get("axis")) ?? DEFAULT_SETTINGS.axis,
    smoothing: parseSmoothing(kept.get("smoothing")),
    showEnvelope: parseFlag(kept.get("showEnvelope"), DEFAULT_SETTINGS.showEnvelope),
    isLogY: parseFlag(kept.get("isLogY"), DEFAULT_SETTINGS.isLogY),
    norm: kept.get("norm") === "l2" ? "l2" : "l1",
    ...(typeof layer === "string" ? { layer } : {}),
    layerFilter: typeof layerFilter === "string" ? layerFilter : "",
    ...(typeof reference === "string" ? { reference } : {}),
    ...(layerSort === undefined ? {} : { layerSort }),
    ...(zoom === undefined ? {} : { zoom }),
    ...(typeof lambda === "number" && Number.isFinite(lambda) ? { lambda } : {}),
    collapsedGroups: parseNames(kept.get("collapsedGroups")),
    hiddenClasses: parseNames(kept.get("hiddenClasses")),
    hiddenModalities: parseNames(kept.get("hiddenModalities")),
    hiddenRuns: parseNames(kept.get("hiddenRuns")),
    scatter: parseScatter(kept.get("scatter")),
    tables: parseNames(kept.get("tables")),
    ...(typeof comparedWith === "string" ? { comparedWith } : {}),
    ...(typeof comparedPart === "string" ? { comparedPart } : {}),
    showEqualSettings: parseFlag(kept.get("showEqualSettings"), false),
    showAllMetrics: parseFlag(kept.get("showAllMetrics"), false),
  };
}

function parseScatter(value: unknown): ScatterSettings {
  const fallback = DEFAULT_SETTINGS.scatter;
  if (typeof value !== "object" || value === null) return fallback;
  const kept = new Map<string, unknown>(Object.entries(value));
  return {
    method: PROJECTION_METHODS.find((name) => name === kept.get("method")) ?? fallback.method,
    isGapRemoved: parseFlag(kept.get("isGapRemoved"), fallback.isGapRemoved),
    color: POINT_COLORS.find((name) => name === kept.get("color")) ?? fallback.color,
    links: PAIR_LINKS.find((name) => name === kept.get("links")) ?? fallback.links,
    tool: PLOT_TOOLS.find((name) => name === kept.get("tool")) ?? fallback.tool,
  };
}

function parseSmoothing(value: unknown): number {
  return typeof value === "number" && value >= 0 && value <= 0.99
    ? value
    : DEFAULT_SETTINGS.smoothing;
}

function parseFlag(value: unknown, fallback: boolean): boolean {
  return typeof value === "boolean" ? value : fallback;
}

function parseNames(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}

function parseSort(value: unknown): LayerSort | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const kept = new Map<string, unknown>(Object.entries(value));
  const column = kept.get("column");
  const isDescending = kept.get("isDescending");
  return typeof column === "string" && typeof isDescending === "boolean"
    ? { column, isDescending }
    : undefined;
}

function parseZoom(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [from, to] = value.map(Number);
  return from !== undefined && to !== undefined && Number.isFinite(to - from) && to > from
    ? [from, to]
    : undefined;
}
