import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_SETTINGS,
  parseViewSettings,
  type ViewSettings,
} from "../../../webview/src/store/view-settings.ts";

describe("parseViewSettings()", () => {
  test("reads back what was kept, through the JSON that VS Code keeps it as", () => {
    const kept: ViewSettings = {
      tab: "weights",
      axis: "time",
      smoothing: 0.25,
      showEnvelope: false,
      isLogY: true,
      norm: "l2",
      layer: "image.0.weight",
      layerFilter: "conv",
      zoom: [3, 8.5],
      collapsedGroups: ["text"],
      hiddenClasses: ["ring"],
      hiddenModalities: ["audio"],
      hiddenRuns: ["/w/run"],
      scatter: {
        method: "umap",
        isGapRemoved: true,
        color: "similarity",
        links: "worst",
        tool: "move",
      },
      tables: ["loss"],
      comparedWith: "/w/.normlens/runs/other",
      comparedPart: "test",
      showEqualSettings: true,
      showAllMetrics: true,
    };
    expect(parseViewSettings(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  test.each([
    undefined,
    null,
    "curves",
    {},
    {
      tab: "nothing",
      smoothing: 7,
      zoom: [5, 5],
      tables: "loss",
      layer: 3,
      comparedWith: 1,
      comparedPart: [],
    },
    { zoom: ["a", "b"], hiddenClasses: [1, 2], smoothing: Number.NaN },
  ])("falls back to the defaults for %j", (value) => {
    expect(parseViewSettings(value)).toEqual(DEFAULT_SETTINGS);
  });

  test("takes anything without a throw", () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseViewSettings(value)));
  });
});
