import path from "node:path";
import { expect, test } from "vitest";
import {
  isInside,
  isOfExperiment,
  specFile,
  workspaceOfRun,
} from "../../../client/src/runs/run-place.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const ROOT = path.resolve("w");
const FOLDER = path.join(ROOT, ".normlens/runs/20261121-101500-a");

test.each([
  ["sub/a.normlens.yaml", path.join(ROOT, "sub/a.normlens.yaml"), true],
  ["train.py", path.join(ROOT, "train.py"), false],
  [path.resolve("elsewhere.YML"), path.resolve("elsewhere.YML"), true],
])("specFile() finds %s from the workspace of the run", (spec, file, isExperiment) => {
  const run = runListEntry({ folder: FOLDER }, { spec });
  expect(workspaceOfRun(FOLDER)).toBe(ROOT);
  expect(specFile(run)).toBe(file);
  expect(isOfExperiment(run)).toBe(isExperiment);
});

test.each([
  ["/w/net/.normlens/runs/a", true],
  ["/w/net2/.normlens/runs/a", false],
  ["/w/net", false],
])("isInside() of %s is %s", (folder, expected) => {
  expect(isInside(folder, "/w/net")).toBe(expected);
  expect(isInside(folder.replaceAll("/", "\\"), "\\w\\net")).toBe(expected);
});

test("isInside() of the root of a disk is all of it", () => {
  expect(isInside("/a", "/")).toBe(true);
  expect(isInside("C:\\a", "C:\\")).toBe(true);
});
