import type { Curve } from "../../core/protocol/panel/curves.ts";
import type { RunHeader } from "../../core/protocol/panel/run.ts";
import type { LayerRow } from "../../core/protocol/panel/weights.ts";
import type { CurveContext } from "../../webview/src/layout/curve-context.ts";
import { runColor } from "../../webview/src/layout/run-color.ts";
import { placesOn, xScale } from "../../webview/src/layout/x-axis.ts";
import { DEFAULT_SETTINGS, type ViewSettings } from "../../webview/src/store/view-settings.ts";

/** A header of a run of 100 steps in 10 epochs that started at Unix second 1000. */
export function runHeader(changes: Partial<RunHeader> = {}): RunHeader {
  return {
    id: "run-1",
    name: "Shapes",
    status: "finished",
    started: new Date(1_000_000).toISOString(),
    spec: "examples/shapes.normlens.yaml",
    seed: 7,
    backend: "wasm",
    device: "CPU, 8 threads",
    backendReason: "asked for",
    stepsTotal: 100,
    epochsTotal: 10,
    samples: { train: 640, validation: 100 },
    classes: ["circle", "square"],
    modalities: ["image", "text"],
    objective: "mean cross-entropy",
    final: {},
    findings: 0,
    silentMs: 0,
    ...changes,
  };
}

/** All points of one metric, without smoothing; ten steps an epoch, ten steps a second. */
export function curve(
  name: string,
  steps: readonly number[],
  values: readonly number[],
  changes: Partial<Curve> = {},
): Curve {
  return {
    name,
    total: steps.length,
    steps: Float64Array.from(steps),
    epochs: Float64Array.from(steps, (step) => Math.floor(step / 10)),
    times: Float64Array.from(steps, (step) => 1000 + step / 10),
    values: Float64Array.from(values),
    marks: new Float64Array(),
    low: new Float64Array(),
    high: new Float64Array(),
    ...changes,
  };
}

export function series(
  steps: readonly number[],
  values: readonly number[],
  changes: Partial<Curve> = {},
): Curve {
  return curve("", steps, values, changes);
}

export function layerRow(layer: string, changes: Partial<LayerRow> = {}): LayerRow {
  return {
    layer,
    shape: [4, 5],
    count: 20,
    zeros: 0,
    nonFinite: 0,
    l1: 10,
    l2: 3,
    maxAbs: 1,
    penalty: "1e-4·‖w‖₁",
    histogram: { edges: [-1, 0, 1], counts: [10, 10] },
    ...changes,
  };
}

/** What figures are laid out from, on the step axis unless `settings` say otherwise. */
export function curveContext(
  metrics: Readonly<Record<string, Curve>>,
  {
    header = runHeader(),
    layers = [],
    settings = {},
    others = [],
  }: {
    readonly header?: RunHeader;
    readonly layers?: readonly LayerRow[];
    readonly settings?: Partial<ViewSettings>;
    /** Metrics of runs over this one, by the name of the run. */
    readonly others?: readonly (readonly [string, Readonly<Record<string, Curve>>])[];
  } = {},
): CurveContext {
  const all = { ...DEFAULT_SETTINGS, ...settings };
  const held = new Map(Object.entries(metrics));
  const { axis, zoom } = all;
  const shown = others.map(([name, curves], index) => {
    const run = { series: new Map(Object.entries(curves)), header: runHeader({ name }) };
    return {
      ...run,
      key: `/${name}`,
      label: { name, shortName: name },
      color: runColor(index + 1),
      toX: placesOn({ ...run, axis }),
    };
  });
  return {
    series: held,
    header,
    layers,
    settings: all,
    x: xScale({ series: held, header, axis, zoom, others: shown }),
    label: { name: header.name, shortName: header.name },
    others: shown,
  };
}
