import type { Curve } from "../../../core/protocol/panel/curves.ts";
import { assertNever, type ToPage } from "../../../core/protocol/webview.ts";
import { applyIntent } from "./apply-intent.ts";
import { type Action, type CurvesByName, initialState, type PanelState } from "./panel-state.ts";

type Message<Type extends ToPage["type"]> = Extract<ToPage, { type: Type }>;

/** The next state of the page; pure, so that a replay of the same messages shows the same. */
export function reduce(state: PanelState, action: Action): PanelState {
  switch (action.type) {
    case "host":
      return applyMessage(state, action.message, action.nowMs);
    case "fault":
      return applyProblem(state, action.message);
    case "reader":
      return applyIntent(state, action.intent);
    default:
      return assertNever(action);
  }
}

function applyMessage(state: PanelState, message: ToPage, nowMs: number): PanelState {
  switch (message.type) {
    case "run/header":
      return applyHeader(state, message, nowMs);
    case "file/header":
      return applyFile(state, message);
    case "layer/show":
      return applyLayer(state, message.layer);
    case "tab/show":
      return { ...state, settings: { ...state.settings, tab: message.tab } };
    case "curves/window":
    case "weights/snapshot":
    case "weights/matrix":
    case "weights/no-matrix":
    case "weights/history":
    case "weights/difference":
    case "weights/no-difference":
    case "embeddings/view":
    case "embeddings/reading":
    case "embeddings/no-view":
    case "embeddings/projection":
    case "embeddings/no-projection":
    case "path/coefficients":
    case "file/layers":
    case "others/list":
    case "compare/result":
    case "run/changes":
    case "run/problem":
      // A late answer about another run must not mix with this one.
      if (state.run !== undefined && state.run !== message.run) return state;
      return applyData({ ...state, run: message.run }, message, nowMs);
    default:
      return assertNever(message);
  }
}

/** A filter that hides the layer would make it look as if there were none. */
function applyLayer(state: PanelState, layer: string): PanelState {
  return { ...state, settings: { ...state.settings, tab: "weights", layer, layerFilter: "" } };
}

function applyHeader(state: PanelState, message: Message<"run/header">, nowMs: number): PanelState {
  const isSameRun = state.run === undefined || state.run === message.run.id;
  const kept = isSameRun ? state : initialState(state.settings);
  const { run } = message;
  return { ...kept, run: run.id, header: run, lastWriteAtMs: nowMs - run.silentMs };
}

function applyData(
  state: PanelState,
  message: Exclude<ToPage, { type: "run/header" | "file/header" | "tab/show" | "layer/show" }>,
  nowMs: number,
): PanelState {
  switch (message.type) {
    case "run/changes":
      return { ...state, changes: message.changes };
    case "curves/window":
      return applyCurves(state, message, nowMs);
    case "weights/snapshot":
      return applyWeights(state, message);
    case "weights/matrix":
      return { ...state, matrix: message.matrix };
    case "weights/no-matrix":
      return { ...state, undrawn: message };
    case "weights/history":
      return { ...state, layerHistory: message.history };
    case "weights/difference": {
      const { noDifference: _reason, ...rest } = state;
      return { ...rest, difference: message.difference };
    }
    case "weights/no-difference":
      return { ...state, noDifference: message };
    case "embeddings/view":
      return applyEmbeddings(state, message);
    case "embeddings/reading":
      return applyReading(state, message);
    case "embeddings/no-view":
      return applyProblem(applyNoView(state, message.step), message.reason);
    case "embeddings/projection":
      return { ...state, projection: message.projection };
    case "embeddings/no-projection":
      return { ...state, noProjection: { kind: message.kind, reason: message.reason } };
    case "path/coefficients":
      return { ...state, paths: message.paths };
    case "file/layers":
      return applyFileLayers(state, message);
    case "others/list":
      return applyOthers(state, message);
    case "compare/result":
      return { ...state, comparison: message.comparison };
    case "run/problem":
      return applyProblem(state, message.message);
    default:
      return assertNever(message);
  }
}

/** The steps of a file are the other files of its training. */
function applyFile(state: PanelState, message: Message<"file/header">): PanelState {
  const { run, file, steps, step, layers } = message;
  return {
    ...initialState(state.settings),
    run,
    file: { ...file, share: 0 },
    weights: { steps, step, layers },
  };
}

function applyFileLayers(
  { file, weights, ...rest }: PanelState,
  { layers, share }: Message<"file/layers">,
): PanelState {
  if (file === undefined || weights === undefined) return rest;
  const news = new Map(layers.map((row) => [row.layer, row]));
  return {
    ...rest,
    file: { ...file, share: share ?? file.share },
    weights: { ...weights, layers: weights.layers.map((row) => news.get(row.layer) ?? row) },
  };
}

function applyProblem(state: PanelState, problem: string): PanelState {
  const isKnown = state.problems.includes(problem) || state.dismissedProblems.includes(problem);
  return isKnown ? state : { ...state, problems: [...state.problems, problem] };
}

/** A first filling may be old; what comes after it was written just now. */
function applyCurves(
  state: PanelState,
  { runs }: Message<"curves/window">,
  nowMs: number,
): PanelState {
  const otherSeries = new Map(state.otherSeries);
  let next = state;
  for (const { key, reset, reached, curves } of runs) {
    if (key !== "") {
      otherSeries.set(key, withCurves(reset ? undefined : otherSeries.get(key), curves));
      continue;
    }
    const { reached: before, ...rest } = next;
    const isNews = reached !== undefined && before !== undefined && reached.step > before.step;
    next = {
      ...rest,
      series: withCurves(reset ? undefined : next.series, curves),
      ...(reached === undefined ? {} : { reached }),
      ...(isNews ? { lastWriteAtMs: nowMs } : {}),
    };
  }
  return { ...next, otherSeries };
}

function withCurves(held: CurvesByName | undefined, curves: readonly Curve[]): CurvesByName {
  return new Map([...(held ?? []), ...curves.map((curve) => [curve.name, curve] as const)]);
}

/** Curves of runs that were taken out are forgotten. */
function applyOthers(state: PanelState, { others }: Message<"others/list">): PanelState {
  const otherSeries = new Map(
    [...state.otherSeries].filter(([key]) => others.some((other) => other.key === key)),
  );
  return { ...state, others, otherSeries };
}

/** While the reader looks at an earlier step, a newer snapshot only lengthens the scrubber. */
function applyWeights(state: PanelState, message: Message<"weights/snapshot">): PanelState {
  const { steps, step, layers } = message;
  const wanted = state.wantedWeightStep;
  if (wanted !== undefined && wanted !== step && state.weights !== undefined) {
    return { ...state, weights: { ...state.weights, steps } };
  }
  return { ...state, weights: { steps, step, layers } };
}

function applyEmbeddings(state: PanelState, message: Message<"embeddings/view">): PanelState {
  const { steps, view } = message;
  // A step that was asked for may come after the reader has gone back to the newest.
  const wanted = state.wantedEmbeddingStep ?? steps.at(-1);
  if (wanted !== view.step && state.embeddings !== undefined) {
    return { ...state, embeddings: { ...state.embeddings, steps } };
  }
  return { ...withoutReading(state, view.step), embeddings: { steps, view } };
}

/** What is shown stays; of a step that the reader does not look at only the scrubber tells. */
function applyReading(state: PanelState, message: Message<"embeddings/reading">): PanelState {
  const { steps, step, share } = message;
  const { unreadStep: _unread, ...rest } = state;
  const held = state.embeddings;
  // The message may have been under way when the reader went back to the newest step.
  const isWanted = (state.wantedEmbeddingStep ?? steps.at(-1)) === step;
  const next = isWanted ? { ...rest, reading: { step, share } } : state;
  return held === undefined ? next : { ...next, embeddings: { ...held, steps } };
}

function applyNoView(state: PanelState, step: number): PanelState {
  const isLookedAt = (state.wantedEmbeddingStep ?? state.embeddings?.steps.at(-1) ?? step) === step;
  return { ...withoutReading(state, step), ...(isLookedAt ? { unreadStep: step } : {}) };
}

/** Without what was said about reading that step. */
function withoutReading(state: PanelState, step: number): PanelState {
  const { reading, unreadStep, ...rest } = state;
  return {
    ...rest,
    ...(reading === undefined || reading.step === step ? {} : { reading }),
    ...(unreadStep === undefined || unreadStep === step ? {} : { unreadStep }),
  };
}
