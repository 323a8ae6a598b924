import type { LayerLocation } from "../../../core/protocol/lsp.ts";
import type { MeasuredLayer, RunLayers } from "../../../core/protocol/run-layers.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { codeMarkdown, plainMarkdown } from "../markdown-text.ts";
import { ageText } from "./age-text.ts";

/** A layer that a line makes, as the last run measured it. */
export interface LayerOnLine {
  readonly measured: MeasuredLayer;
  /** All lines that may make it, this one among them. */
  readonly locations: readonly LayerLocation[];
}

export interface LayerHover {
  readonly run: RunListEntry;
  readonly layers: RunLayers;
  readonly found: readonly LayerOnLine[];
  readonly nowMs: number;
  /** How a person finds a place: `models.py:12`. */
  placeOf(location: LayerLocation): string;
}

/** A block that is repeated may make hundreds. */
const MOST_ROWS = 8;

/** What the layers of a line were like in the last run; says so where the line is only one of several. */
export function layerMarkdown(hover: LayerHover): string {
  const { found, run, layers, nowMs } = hover;
  const shown = found.slice(0, MOST_ROWS);
  const age = ageText(nowMs - Date.parse(run.started));
  const when = run.status === "running" ? "running now" : age;
  const hasGradients = shown.some(({ measured }) => measured.gradientNorm !== undefined);
  const head = ["Layer", "Shape", "‖w‖₂", "Exact zeros", ...(hasGradients ? ["‖∂w‖₂"] : [])];
  const rows = shown.map(({ measured }) => [
    `[${plainMarkdown(measured.layer)}](${linkTo(run.folder, measured.layer)} "Show in the run's panel")`,
    measured.shape.join(" × "),
    measured.nonFinite > 0 ? `${measured.nonFinite} not finite` : numberText(measured.l2),
    zeroText(measured),
    ...(hasGradients ? [numberText(measured.gradientNorm)] : []),
  ]);
  const table = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [
    `In the last run, **${plainMarkdown(run.name)}** · ${when} · step ${layers.step}`,
    table.join("\n"),
    ...(found.length > shown.length ? [`${shown.length} of ${found.length} layers`] : []),
    ...doubts(hover),
  ].join("\n\n");
}

/** The command of the link in a row: the only one that the hover may run. */
export const SHOW_LAYER = "normlens.showLayerInRun";

function linkTo(folder: string, layer: string): string {
  const target = encodeURIComponent(JSON.stringify([{ folder, layer }]));
  return `command:${SHOW_LAYER}?${target.replaceAll("(", "%28").replaceAll(")", "%29")}`;
}

function doubts({ found, placeOf }: LayerHover): readonly string[] {
  const [first] = found;
  if (first === undefined) return [];
  const { locations } = first;
  if (locations.length > 1) {
    const others = [...new Set(locations.map(placeOf))].slice(0, 4).join(", ");
    return [
      `Not certain: ${locations.length} lines could make ${codeMarkdown(first.measured.layer)}: ${others}`,
    ];
  }
  return locations[0]?.isAround === true
    ? ["This line holds the module; its layers are made elsewhere."]
    : [];
}

function zeroText({ zeros, count }: MeasuredLayer): string {
  if (zeros === 0 || count === 0) return "none";
  return `${((100 * zeros) / count).toFixed(1)}%`;
}

/** Four significant digits. */
function numberText(value: number | undefined): string {
  if (value === undefined) return "";
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}
