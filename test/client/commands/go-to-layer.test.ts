import { describe, expect, test, vi } from "vitest";
import { goToLayer } from "../../../client/src/commands/go-to-layer.ts";
import type { LayerLocation, LayerLocations } from "../../../core/protocol/lsp.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const RUN = runListEntry({ folder: "/w/.normlens/runs/r" }, { spec: "train.py" });
const place = (line: number, isAround = false): LayerLocation => ({
  uri: "file:///w/net.py",
  range: { start: { line, character: 0 }, end: { line, character: 9 } },
  model: "Net",
  isAround,
});

function depsFor(locations: readonly LayerLocation[], isOutdated = false) {
  const measured = { layer: "fc1.weight", shape: [1], count: 1, zeros: 0, nonFinite: 0, l2: 1 };
  return {
    runs: vi.fn(async () => [RUN]),
    pickRun: vi.fn(async () => RUN),
    pickOption: vi.fn(async (_title: string, labels: readonly string[]) => labels[0]),
    layersOfRun: vi.fn(async () => ({ step: 1, epoch: 1, layers: [measured] })),
    namesInFile: vi.fn(async () => ["fc1.weight", "fc2.weight"]),
    findLayers: vi.fn(
      async (): Promise<LayerLocations | undefined> => ({
        layers: [{ name: "fc1.weight", locations }],
        isOutdated,
      }),
    ),
    pickLocation: vi.fn(async (_title: string, all: readonly LayerLocation[]) => all.at(-1)),
    showLocation: vi.fn(async () => undefined),
    inform: vi.fn(),
  };
}

describe("goToLayer", () => {
  test("goes to the only line of a run's layer", async () => {
    const deps = depsFor([place(3)]);
    await goToLayer.run(deps, { folder: RUN.folder, layer: "fc1.weight" });
    expect(deps.findLayers).toHaveBeenCalledWith({ names: ["fc1.weight"], all: ["fc1.weight"] });
    expect(deps.showLocation).toHaveBeenCalledWith(place(3));
    expect(deps.inform).not.toHaveBeenCalled();
  });

  test("asks where several lines could be meant", async () => {
    const deps = depsFor([place(3), place(8)]);
    await goToLayer.run(deps, { folder: RUN.folder, layer: "fc1.weight" });
    expect(deps.pickLocation).toHaveBeenCalledOnce();
    expect(deps.showLocation).toHaveBeenCalledWith(place(8));
  });

  test("says that nothing makes the layer, and goes nowhere", async () => {
    const deps = depsFor([]);
    await goToLayer.run(deps, { folder: RUN.folder, layer: "fc1.weight" });
    expect(deps.inform).toHaveBeenCalledWith(
      "Nothing in the code of this workspace makes fc1.weight.",
    );
    expect(deps.showLocation).not.toHaveBeenCalled();
  });

  test.each([
    [place(3, true), false, "This line holds fc1.weight; the layer itself is made elsewhere."],
    [place(3), true, "train.py describes another model now; this is the run's own copy."],
  ])("tells what is less than the line itself: %#", async (location, isOutdated, message) => {
    const deps = depsFor([location], isOutdated);
    await goToLayer.run(deps, { folder: RUN.folder, layer: "fc1.weight" });
    expect(deps.showLocation).toHaveBeenCalledWith(location);
    expect(deps.inform).toHaveBeenCalledWith(message);
  });

  test("does nothing when a long search was cancelled", async () => {
    const deps = { ...depsFor([]), findLayers: vi.fn(async () => undefined) };
    await goToLayer.run(deps, { folder: RUN.folder, layer: "fc1.weight" });
    expect(deps.showLocation).not.toHaveBeenCalled();
    expect(deps.inform).not.toHaveBeenCalled();
  });

  test("asks with all names of a weight file", async () => {
    const deps = depsFor([place(3)]);
    await goToLayer.run(deps, { file: "/w/net.pt", layer: "fc2.weight" });
    expect(deps.namesInFile).toHaveBeenCalledWith("/w/net.pt");
    expect(deps.findLayers).toHaveBeenCalledWith({
      names: ["fc2.weight"],
      all: ["fc1.weight", "fc2.weight"],
    });
  });

  test("asks for run and layer when it is called from the palette", async () => {
    const deps = depsFor([place(3)]);
    await goToLayer.run(deps);
    expect(deps.pickRun).toHaveBeenCalledOnce();
    expect(deps.pickOption).toHaveBeenCalledWith("Go to Layer", ["fc1.weight"], "");
    expect(deps.showLocation).toHaveBeenCalledOnce();
  });

  test("says so where there are no runs", async () => {
    const deps = { ...depsFor([]), runs: vi.fn(async () => []) };
    await goToLayer.run(deps);
    expect(deps.inform).toHaveBeenCalledWith("No run has measured any layers yet.");
  });
});
