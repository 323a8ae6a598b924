import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createRunFolder } from "../../../trainer/src/run/create-run-folder.ts";
import { runId } from "../../../trainer/src/run/run-id.ts";
import { smallWorkspace } from "../../support/small-experiment.ts";

const STARTED = new Date("2026-03-04T05:06:07.891Z");

describe("runId", () => {
  test.each([
    ["Shapes in three modalities", "20260304-050607-shapes-in-three-modalities"],
    ["  Größe: λ/2 – 10 %  ", "20260304-050607-gro-e-2-10"],
    ["../../etc", "20260304-050607-etc"],
    ["形状", "20260304-050607-run"],
    ["x".repeat(100), `20260304-050607-${"x".repeat(40)}`],
  ])("of %s sorts by time and is safe as a folder's name", (name, expected) => {
    expect(runId(STARTED, name)).toBe(expected);
  });
});

describe("createRunFolder", () => {
  test("makes the folders of a run, hidden from git", () => {
    const { folder: workspace } = smallWorkspace();
    const folder = createRunFolder({ workspace }, "a", STARTED);
    expect(folder).toBe(path.join(workspace, ".normlens/runs/20260304-050607-a"));
    expect(existsSync(path.join(folder, "weights"))).toBe(true);
    expect(existsSync(path.join(folder, "embeddings"))).toBe(true);
    expect(readFileSync(path.join(workspace, ".normlens/.gitignore"), "utf8")).toBe("*\n");
  });

  test("says why there can be no folder and names the next step", () => {
    const { folder: workspace, spec } = smallWorkspace();
    expect(() =>
      createRunFolder({ workspace, out: path.join(spec, "runs") }, "a", STARTED),
    ).toThrow(/^Cannot make a run folder in .*: a part of its path is a file\. Choose a folder/);
  });

  test("makes the folders above", () => {
    const { folder: workspace } = smallWorkspace();
    const folder = createRunFolder({ workspace, out: path.join(workspace, "a/b/c") }, "a", STARTED);
    expect(folder).toBe(path.join(workspace, "a/b/c/20260304-050607-a"));
  });

  test.runIf(process.platform === "linux")(
    "does not wait for a file system without folders",
    () => {
      const { folder: workspace } = smallWorkspace();
      expect(() =>
        createRunFolder({ workspace, out: "/proc/normlens/runs" }, "a", STARTED),
      ).toThrow(
        "Cannot make a run folder in /proc/normlens/runs: no folder can be made in /proc. Choose a folder",
      );
    },
  );

  test("numbers runs of one name in one second and keeps the user's own .gitignore", () => {
    const { folder: workspace } = smallWorkspace();
    createRunFolder({ workspace }, "a", STARTED);
    writeFileSync(path.join(workspace, ".normlens/.gitignore"), "runs\n");
    const names = [1, 2].map(() => path.basename(createRunFolder({ workspace }, "a", STARTED)));
    expect(names).toEqual(["20260304-050607-a-2", "20260304-050607-a-3"]);
    expect(readFileSync(path.join(workspace, ".normlens/.gitignore"), "utf8")).toBe("runs\n");
  });
});
