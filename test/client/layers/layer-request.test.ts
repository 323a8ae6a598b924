import { expect, test } from "vitest";
import { layerRequest } from "../../../client/src/layers/layer-request.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const folder = "/w/.normlens/runs/r";

test("layerRequest() names the experiment file and the run's copy", () => {
  const run = runListEntry({ folder }, { spec: "exp/a.normlens.yaml" });
  expect(layerRequest(run, ["fc1.weight"], ["fc1.weight"])).toMatchObject({
    experiment: {
      file: "file:///w/exp/a.normlens.yaml",
      launched: "file:///w/.normlens/runs/r/spec.yaml",
    },
  });
});

test("layerRequest() asks of code for a run of code", () => {
  expect(layerRequest(runListEntry({ folder }, { spec: "train.py" }), ["a"], ["a", "b"])).toEqual({
    names: ["a"],
    all: ["a", "b"],
  });
});

test("layerRequest() says why a model that was set at launch cannot be found in the file", () => {
  const run = runListEntry({ folder }, { spec: "a.normlens.yaml", set: ["model.hidden=[8]"] });
  expect(layerRequest(run, ["a"], ["a"])).toContain("model.hidden=[8]");
});
