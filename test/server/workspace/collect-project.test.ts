import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collectProject } from "../../../server/src/workspace/collect-project.ts";
import { walkFiles } from "../../../server/src/workspace/walk-files.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "normlens-project-"));
  await writeFile(path.join(folder, "a.py"), 'import yaml\nyaml.safe_load(open("a.yaml"))\n');
  await writeFile(path.join(folder, "broken.py"), Buffer.from([0xff, 0xfe, 0x00]));
  await writeFile(path.join(folder, "a.yaml"), "lr: 1e-2\n");
});
afterAll(() => rm(folder, { recursive: true }));

test("collectProject() reads the Python files of a folder and skips unreadable ones", async () => {
  const facts = await collectProject(walkFiles([folder]));
  expect(facts.loaderOf(path.join(folder, "a.yaml"))).toBe("pyyaml");
  expect(facts.readsKey?.("safe_load")).toBe(true);
  expect(facts.readsKey?.("lr")).toBe(false);
});

test("collectProject() stops when it is cancelled", async () => {
  const facts = await collectProject(walkFiles([folder]), () => true);
  expect(facts.loaderOf(path.join(folder, "a.yaml"))).toBeUndefined();
});

test("collectProject() leaves files out that vanish", async () => {
  const facts = await collectProject([{ kind: "file", path: path.join(folder, "gone.py") }]);
  expect(facts.loaderOf("a.yaml")).toBeUndefined();
});
