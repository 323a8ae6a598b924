// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import type { ComparedRun, RunComparison } from "../../../core/protocol/panel/compare.ts";
import type { FromPage } from "../../../core/protocol/webview.ts";
import {
  type Intent,
  initialState,
  type PanelState,
} from "../../../webview/src/store/panel-state.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { CompareView } from "../../../webview/src/views/compare.ts";
import { runHeader } from "../run-state.ts";

const run = (name: string, changes: Partial<ComparedRun> = {}): ComparedRun => ({
  key: `/w/${name}`,
  name,
  status: "finished",
  started: "2026-11-21T10:15:00Z",
  isBaseline: false,
  seeds: 1,
  ...changes,
});

const setting = (path: string, ...values: readonly string[]) => ({
  path,
  cells: values.map((text) => ({ text, isDefault: false })),
  isEqual: new Set(values).size === 1,
});

const COMPARISON: RunComparison = {
  runs: [
    run("new"),
    run("old", { isBaseline: true }),
    run("older", { problem: "spec.yaml is missing" }),
  ],
  settings: [setting("penalty[0].lambda", "3e-3", "1e-4", "1e-4"), setting("seed", "7", "7", "7")],
  pairs: [
    { metrics: [{ name: "test/data_loss", run: 0.5, other: 0.75 }], layers: [] },
    { metrics: [{ name: "test/data_loss", run: 0.5, other: 0.25 }], layers: [] },
  ],
};

function shown() {
  const sent: FromPage[] = [];
  const intents: Intent[] = [];
  const view = new CompareView({
    send: (message) => sent.push(message),
    dispatch: (intent) => void intents.push(intent),
    say: () => undefined,
  });
  return {
    view,
    sent,
    intents,
    text: (selector: string) => view.element.querySelector(selector)?.textContent,
  };
}

const state = (changes: Partial<PanelState> = {}): PanelState => ({
  ...initialState(DEFAULT_SETTINGS),
  header: runHeader(),
  ...changes,
});

describe("CompareView", () => {
  test("asks once until a run, what is ticked, or the newest weights have changed", () => {
    const { view, sent } = shown();
    const first = state({ others: [{ key: "/w/old", isBaseline: false, header: runHeader() }] });
    view.update(initialState(DEFAULT_SETTINGS));
    expect(sent).toEqual([]);
    view.update(first);
    view.update({ ...first, comparison: COMPARISON });
    expect(sent).toEqual([{ type: "compare/request" }]);
    view.update({ ...first, weights: { steps: [1, 2], step: 2, layers: [] } });
    view.update({ ...first, others: [] });
    expect(sent).toHaveLength(3);
  });

  test("offers to choose a run where there is nothing to compare with", () => {
    const { view, sent, text } = shown();
    view.update(state({ comparison: { runs: [run("new")], settings: [], pairs: [] } }));
    expect(text("h2")).toBe("Nothing to compare with");
    view.element.querySelector<HTMLElement>("vscode-button")?.click();
    expect(sent.at(-1)).toEqual({ type: "compare/pick" });
  });

  test("shows what differs, the baseline for want of a tick, and what could not be read", () => {
    const { view, text } = shown();
    view.update(state({ comparison: COMPARISON }));
    expect(
      [...view.element.querySelectorAll(".setting-table tbody th")].map((cell) => cell.textContent),
    ).toEqual(["penalty[0].lambda"]);
    expect(view.element.querySelectorAll(".setting-table .different")).toHaveLength(2);
    expect(text(".compare-note")).toContain("the baseline");
    expect(text(".compare-problem")).toContain("older: spec.yaml is missing");
    expect(text(".noise-line")).toContain("n = 1 for new, 1 for old");
    expect(text(".delta-table .verdict-word")).toBe("noise unknown");
    expect(text(".compare-layers .muted")).toContain("Neither run has stored weights");
  });

  test("compares with the run that was chosen", () => {
    const { view, text } = shown();
    const settings = { ...DEFAULT_SETTINGS, comparedWith: "/w/older", showEqualSettings: true };
    view.update(state({ comparison: COMPARISON, settings }));
    expect(text(".delta-table td.delta-other")).toBe("0.250");
    expect(view.element.querySelectorAll(".setting-table .equal-row")).toHaveLength(1);
  });

  test("copies a table in full and leads to the curves", () => {
    const { view, sent, intents } = shown();
    view.update(state({ comparison: COMPARISON }));
    const press = (name: string) =>
      view.element.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.click();
    press("Copy settings that differ");
    press("Show in Curves");
    expect(sent.at(-1)).toEqual({
      type: "text/copy",
      text: "setting\tnew\told\tolder\npenalty[0].lambda\t3e-3\t1e-4\t1e-4\n",
    });
    expect(intents).toEqual([{ type: "tab/select", tab: "curves" }]);
  });
});
