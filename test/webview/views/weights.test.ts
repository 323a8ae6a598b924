// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import type { WeightsDifference } from "../../../core/protocol/panel/weights.ts";
import type { FromPage } from "../../../core/protocol/webview.ts";
import {
  type Intent,
  initialState,
  type PanelState,
} from "../../../webview/src/store/panel-state.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { WeightsView } from "../../../webview/src/views/weights.ts";
import { layerRow, runHeader } from "../run-state.ts";

const OTHER = { key: "/w/other", isBaseline: true, header: runHeader({ name: "Other" }) };
const LAYERS = [layerRow("a.weight", { zeros: 10 }), layerRow("b.weight", { zeros: 2 })];
const DIFFERENCE: WeightsDifference = {
  step: 30,
  other: OTHER.key,
  otherStep: 25,
  otherSteps: [5, 25],
  layers: [layerRow("a.weight", { zeros: 5, l2: 6 })],
  unmatched: [{ layer: "b.weight", reason: "4 × 5 here, 5 × 5 there" }],
  values: [
    { layer: "a.weight", distance: 3, maxAbs: 0.5, zerosGained: 6, zerosLost: 1, nonFinite: 0 },
  ],
  unread: [],
  isWhole: true,
};

function stateOf(changes: Partial<PanelState> = {}): PanelState {
  return {
    ...initialState(DEFAULT_SETTINGS),
    run: "run-1",
    header: runHeader(),
    others: [OTHER],
    weights: { steps: [10, 30], step: 30, layers: LAYERS },
    ...changes,
  };
}

const compared = (changes: Partial<PanelState> = {}) =>
  stateOf({ settings: { ...DEFAULT_SETTINGS, reference: OTHER.key }, ...changes });

describe("WeightsView", () => {
  let view: WeightsView;
  let sent: FromPage[];
  let intents: Intent[];
  const cells = (layer: string) =>
    [...view.element.querySelectorAll(`[data-layer="${layer}"] [role=gridcell]`)].map(
      (cell) => cell.textContent,
    );

  beforeEach(() => {
    sent = [];
    intents = [];
    view = new WeightsView({
      dispatch: (intent) => intents.push(intent),
      send: (message) => sent.push(message),
      say: () => undefined,
    });
    document.body.replaceChildren(view.element);
  });

  test("asks once for the values and the history of the layer in sight", () => {
    view.update(stateOf());
    view.update(stateOf());
    expect(sent).toEqual([
      { type: "weights/request-matrix", step: 30, layer: "a.weight" },
      { type: "weights/request-history", layer: "a.weight" },
    ]);
  });

  test("asks for a longer history when another step was stored", () => {
    view.update(stateOf());
    sent.length = 0;
    view.update(stateOf({ weights: { steps: [10, 30, 40], step: 30, layers: LAYERS } }));
    expect(sent).toEqual([{ type: "weights/request-history", layer: "a.weight" }]);
  });

  test("asks for the difference from the chosen run, and waits with the values until it is there", () => {
    view.update(compared());
    expect(sent).toContainEqual({
      type: "weights/request-difference",
      step: 30,
      other: OTHER.key,
    });
    expect(sent.some(({ type }) => type === "weights/request-matrix")).toBe(false);
    expect(view.element.querySelector(".reference-bar")?.textContent).toContain("comparing…");
    view.update(compared({ difference: DIFFERENCE }));
    expect(sent.at(-1)).toEqual({
      type: "weights/request-matrix",
      step: 30,
      layer: "a.weight",
      minus: { other: OTHER.key, step: 25 },
    });
  });

  test("shows how each layer differs, and says which have no match", () => {
    view.update(compared({ difference: DIFFERENCE }));
    expect(cells("a.weight").slice(2)).toEqual([
      "50.0%",
      "+25.0 pp",
      "+6 −1",
      "−3.00",
      "0.500",
      "0.500",
    ]);
    expect(cells("b.weight").slice(3)).toEqual(["no match", "", "", "", ""]);
    const bar = view.element.querySelector(".reference-bar");
    expect(bar?.textContent).toContain("1 layer is not compared");
    expect(bar?.querySelector("li")?.textContent).toBe("b.weight: 4 × 5 here, 5 × 5 there");
    const group = view.element.querySelector('[data-group="a"]');
    expect(group?.querySelector(".col-distance")?.textContent).toBe("0.500");
  });

  test("says why a difference cannot be made", () => {
    const reason = "The other run has stored no weights";
    view.update(compared({ noDifference: { other: OTHER.key, reason } }));
    expect(view.element.querySelector(".reference-bar")?.textContent).toContain(reason);
  });

  test("has no choice of runs where none is shown beside this one", () => {
    view.update(stateOf({ others: [] }));
    expect(view.element.querySelector<HTMLElement>(".reference-bar")?.hidden).toBe(true);
  });

  test("[ goes back a step with every press, though nothing was drawn in between", () => {
    view.update(stateOf({ weights: { steps: [10, 20, 30], step: 30, layers: LAYERS } }));
    for (let press = 0; press < 2; press += 1) {
      view.element.dispatchEvent(new KeyboardEvent("keydown", { key: "[", bubbles: true }));
    }
    expect(intents).toEqual([
      { type: "weights/scrub", step: 20 },
      { type: "weights/scrub", step: 10 },
    ]);
  });

  test("] stays at the newest step while its weights are still being read", () => {
    view.update(stateOf({ weights: { steps: [10, 20, 30], step: 10, layers: LAYERS } }));
    expect(view.element.querySelector(".scrubber-text")?.textContent).toBe("step 30, loading");
    view.element.dispatchEvent(new KeyboardEvent("keydown", { key: "]", bubbles: true }));
    expect(intents).toEqual([]);
  });

  test("[ and ] go to the step before and after", () => {
    view.update(stateOf());
    view.element.dispatchEvent(new KeyboardEvent("keydown", { key: "[", bubbles: true }));
    expect(intents).toEqual([{ type: "weights/scrub", step: 10 }]);
    expect(sent.at(-1)).toEqual({ type: "weights/request", step: 10 });
  });
});
