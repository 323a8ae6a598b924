import { describe, expect, test } from "vitest";
import { flatSettings } from "../../../core/experiment/flat-settings.ts";

const EXPERIMENT = {
  name: "Shapes",
  data: { source: "trio", samples: 600 },
  model: { type: "towers", shared: [64, 32] },
  penalty: [
    { norm: "l1", lambda: 1e-4, on: "image.*" },
    { norm: "l2", lambda: "0.1 / m" },
  ],
};

describe("flatSettings()", () => {
  test("names every key by its path and writes numbers as code does", () => {
    const settings = flatSettings(EXPERIMENT);
    expect(settings.get("penalty[0].lambda")).toEqual({ text: "1e-4", isDefault: false });
    expect(settings.get("penalty[1].lambda")).toEqual({ text: "0.1 / m", isDefault: false });
    expect(settings.get("model.shared")).toEqual({ text: "[64, 32]", isDefault: false });
    expect([...settings.keys()].slice(0, 3)).toEqual(["name", "data.source", "data.samples"]);
  });

  test("fills in the schema's defaults and says so", () => {
    const settings = flatSettings(EXPERIMENT);
    expect(settings.get("data.image_size")).toEqual({ text: "16", isDefault: true });
    expect(settings.get("data.missing.audio")).toEqual({ text: "0", isDefault: true });
  });

  test("gives no default to a key that does not hold beside the others", () => {
    const csv = { ...EXPERIMENT, data: { source: "csv", path: "a.csv", task: "regression" } };
    expect(flatSettings(csv).has("data.image_size")).toBe(false);
  });

  test.each([[null], [3], ["text"], [[1, 2]], [{}]])(
    "takes %j for no settings of its own",
    (content) => {
      const named = [...flatSettings(content).values()].filter(({ isDefault }) => !isDefault);
      expect(named).toEqual([]);
    },
  );

  test("stops at a depth that no experiment has", () => {
    const deep: Record<string, unknown> = {};
    let inner = deep;
    for (let level = 0; level < 200; level++) {
      const next = {};
      inner["a"] = next;
      inner = next;
    }
    expect([...flatSettings(deep).keys()].some((path) => path.startsWith("a.a.a"))).toBe(true);
  });
});
