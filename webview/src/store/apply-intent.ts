import { assertNever } from "../../../core/protocol/webview.ts";
import type { Intent, PanelState } from "./panel-state.ts";
import type { ViewSettings } from "./view-settings.ts";

export function applyIntent(state: PanelState, intent: Intent): PanelState {
  switch (intent.type) {
    case "problems/dismiss":
      return {
        ...state,
        problems: [],
        dismissedProblems: [...state.dismissedProblems, ...state.problems],
      };
    case "weights/scrub":
      return scrubWeights(state, intent.step);
    case "embeddings/scrub":
      return scrubEmbeddings(state, intent.step);
    default: {
      const settings = changeSettings(state.settings, intent);
      return settings === state.settings ? state : { ...state, settings };
    }
  }
}

type SettingsIntent = Exclude<
  Intent,
  { type: "problems/dismiss" | "weights/scrub" | "embeddings/scrub" }
>;

function changeSettings(settings: ViewSettings, intent: SettingsIntent): ViewSettings {
  switch (intent.type) {
    case "tab/select":
      return { ...settings, tab: intent.tab };
    case "axis/select":
      return intent.axis === settings.axis
        ? settings
        : { ...withoutZoom(settings), axis: intent.axis };
    case "smoothing/set":
      return { ...settings, smoothing: Math.min(0.99, Math.max(0, intent.weight)) };
    case "envelope/toggle":
      return { ...settings, showEnvelope: !settings.showEnvelope };
    case "log-y/toggle":
      return { ...settings, isLogY: !settings.isLogY };
    case "norm/select":
      return { ...settings, norm: intent.norm };
    case "zoom/set":
      return intent.zoom === undefined ? withoutZoom(settings) : { ...settings, zoom: intent.zoom };
    case "lambda/select":
      return { ...settings, lambda: intent.lambda };
    case "layer/select":
      return { ...settings, layer: intent.layer };
    case "layers/filter":
      return { ...settings, layerFilter: intent.text };
    case "layers/sort": {
      const { layerSort: _sort, ...rest } = settings;
      return intent.sort === undefined ? rest : { ...rest, layerSort: intent.sort };
    }
    case "reference/select": {
      const { reference: _reference, ...rest } = settings;
      return intent.key === undefined ? rest : { ...rest, reference: intent.key };
    }
    case "group/toggle":
      return { ...settings, collapsedGroups: toggled(settings.collapsedGroups, intent.group) };
    case "class/toggle":
      return { ...settings, hiddenClasses: toggled(settings.hiddenClasses, intent.label) };
    case "modality/toggle":
      return { ...settings, hiddenModalities: toggled(settings.hiddenModalities, intent.modality) };
    case "run/toggle":
      return { ...settings, hiddenRuns: toggled(settings.hiddenRuns, intent.key) };
    case "scatter/set":
      return { ...settings, scatter: { ...settings.scatter, ...intent.change } };
    case "table/toggle":
      return { ...settings, tables: toggled(settings.tables, intent.figure) };
    case "compare/choose":
      return { ...settings, comparedWith: intent.key };
    case "compare/part":
      return { ...settings, comparedPart: intent.part };
    case "compare/toggle-equal":
      return { ...settings, showEqualSettings: !settings.showEqualSettings };
    case "compare/toggle-all":
      return { ...settings, showAllMetrics: !settings.showAllMetrics };
    default:
      return assertNever(intent);
  }
}

function withoutZoom({ zoom: _zoom, ...rest }: ViewSettings): ViewSettings {
  return rest;
}

function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((held) => held !== name) : [...names, name];
}

/** The last step means "follow", so that a live view goes on by itself. */
function scrubWeights(state: PanelState, step: number): PanelState {
  const { wantedWeightStep: _wanted, ...rest } = state;
  return step === state.weights?.steps.at(-1) ? rest : { ...rest, wantedWeightStep: step };
}

function scrubEmbeddings(state: PanelState, step: number): PanelState {
  const { wantedEmbeddingStep: _wanted, reading: _reading, unreadStep: _unread, ...rest } = state;
  return step === state.embeddings?.steps.at(-1) ? rest : { ...rest, wantedEmbeddingStep: step };
}
