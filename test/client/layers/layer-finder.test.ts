import { describe, expect, test } from "vitest";
import { layerFinder } from "../../../client/src/layers/layer-finder.ts";
import type { LayerLocationsParams } from "../../../core/protocol/lsp.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const run = (id: string, spec: string, root = "/w"): RunListEntry =>
  runListEntry({ id, folder: `${root}/.normlens/runs/${id}` }, { id, spec });

function finderOf(runs: readonly RunListEntry[], hits: readonly string[] = ["fc1.weight"]) {
  const asked: LayerLocationsParams[] = [];
  const read: string[] = [];
  const finder = layerFinder({
    runs: () => runs,
    async layersOf(folder) {
      read.push(folder);
      const rows = folder.includes("empty") ? [] : ["fc1.weight", "fc2.weight"];
      return {
        step: 7,
        epoch: 1,
        layers: rows.map((layer) => ({
          layer,
          shape: [1],
          count: 1,
          zeros: 0,
          nonFinite: 0,
          l2: 1,
        })),
      };
    },
    async ask(params) {
      asked.push(params);
      return { layers: hits.map((name) => ({ name, locations: [] })), isOutdated: false };
    },
  });
  return { finder, asked, read };
}

const PYTHON = { file: "/w/net.py", uri: "file:///w/net.py", line: 3 };
const SPEC = { file: "/w/a.normlens.yaml", uri: "file:///w/a.normlens.yaml", line: 3 };

describe("onLine", () => {
  test("asks of code with the newest run of code that has layers", async () => {
    const runs = [
      run("spec", "a.normlens.yaml"),
      run("empty", "train.py"),
      run("code", "train.py"),
    ];
    const { finder, asked } = finderOf(runs);
    const found = await finder.onLine(PYTHON, "/w");
    expect(found?.run.id).toBe("code");
    expect(found?.found.map(({ measured }) => measured.layer)).toEqual(["fc1.weight"]);
    expect(asked).toEqual([
      {
        names: ["fc1.weight", "fc2.weight"],
        all: ["fc1.weight", "fc2.weight"],
        at: { uri: PYTHON.uri, line: 3 },
      },
    ]);
  });

  test("asks of an experiment file with its own runs alone", async () => {
    const { finder, asked } = finderOf([run("b", "b.normlens.yaml"), run("a", "a.normlens.yaml")]);
    expect((await finder.onLine(SPEC, "/w"))?.run.id).toBe("a");
    expect(asked[0]?.experiment).toEqual({
      file: "file:///w/a.normlens.yaml",
      launched: "file:///w/.normlens/runs/a/spec.yaml",
    });
  });

  test.each([
    ["another workspace", [run("x", "train.py", "/w2")], ["fc1.weight"]],
    ["no layer on the line", [run("x", "train.py")], []],
    ["a layer that the run never measured", [run("x", "train.py")], ["fc9.weight"]],
  ])("is silent for %s", async (_case, runs, hits) => {
    expect(await finderOf(runs, hits).finder.onLine(PYTHON, "/w")).toBeUndefined();
  });

  test("reads a run again only when it has gone on", async () => {
    const runs = [run("code", "train.py")];
    const { finder, read } = finderOf(runs);
    await finder.onLine(PYTHON, "/w");
    await finder.onLine(PYTHON, "/w");
    expect(read).toHaveLength(1);
    const [first] = runs;
    if (first !== undefined) runs[0] = { ...first, step: first.step + 1 };
    await finder.onLine(PYTHON, "/w");
    expect(read).toHaveLength(2);
  });
});
