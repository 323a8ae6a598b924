import { expect, test, vi } from "vitest";
import { showLayerInRun } from "../../../client/src/commands/show-layer-in-run.ts";
import type { LineInRun } from "../../../client/src/layers/layer-finder.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const RUN = runListEntry();
const onLine = (...names: readonly string[]): LineInRun => ({
  run: RUN,
  layers: { step: 1, epoch: 1, layers: [] },
  found: names.map((layer) => ({
    measured: { layer, shape: [1], count: 1, zeros: 0, nonFinite: 0, l2: 1 },
    locations: [],
  })),
});

const depsFor = (line: LineInRun | undefined) => ({
  layersAtCursor: vi.fn(async () => line),
  pickOption: vi.fn(async (_title: string, labels: readonly string[]) => labels.at(-1)),
  showLayer: vi.fn(async () => undefined),
  inform: vi.fn(),
});

test.each([
  ["the layer of the line", onLine("fc1.weight"), "fc1.weight", 0],
  ["the picked one of several", onLine("fc1.weight", "fc1.bias"), "fc1.bias", 1],
])("showLayerInRun shows %s", async (_case, line, layer, picks) => {
  const deps = depsFor(line);
  await showLayerInRun.run(deps);
  expect(deps.showLayer).toHaveBeenCalledWith(RUN.folder, layer);
  expect(deps.pickOption).toHaveBeenCalledTimes(picks);
});

test("showLayerInRun shows what a hover's link names", async () => {
  const deps = depsFor(undefined);
  await showLayerInRun.run(deps, { folder: "/r", layer: "fc" });
  expect(deps.showLayer).toHaveBeenCalledWith("/r", "fc");
});

test("showLayerInRun says so where the line makes nothing that was measured", async () => {
  const deps = depsFor(undefined);
  await showLayerInRun.run(deps);
  expect(deps.showLayer).not.toHaveBeenCalled();
  expect(deps.inform).toHaveBeenCalledOnce();
});
