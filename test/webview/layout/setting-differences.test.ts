import { expect, test } from "vitest";
import {
  settingDifferences,
  settingTable,
} from "../../../webview/src/layout/setting-differences.ts";

const SETTINGS = [
  {
    path: "model.type",
    cells: [
      { text: "mlp", isDefault: false },
      { text: "mlp", isDefault: false },
    ],
    isEqual: true,
  },
  { path: "data.noise", cells: [{ text: "0.1", isDefault: true }, null], isEqual: false },
];

test("settingDifferences() shows what differs, and the equal ones after it when asked", () => {
  expect(settingDifferences(SETTINGS, false)).toMatchObject({
    differing: 1,
    equal: 1,
    rows: [{ path: "data.noise" }],
  });
  expect(settingDifferences(SETTINGS, true).rows.map(({ path }) => path)).toEqual([
    "data.noise",
    "model.type",
  ]);
});

test("settingTable() marks defaults and leaves missing settings empty", () => {
  expect(settingTable(SETTINGS, ["a", "b"]).copy()).toBe(
    "setting\ta\tb\nmodel.type\tmlp\tmlp\ndata.noise\t0.1 (default)\t\n",
  );
});
