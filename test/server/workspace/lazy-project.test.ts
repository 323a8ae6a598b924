import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lazyProject, projectRoots } from "../../../server/src/workspace/lazy-project.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "normlens-lazy-"));
  await mkdir(path.join(root, "src"));
  await writeFile(path.join(root, "pyproject.toml"), "");
  await writeFile(
    path.join(root, "src/train.py"),
    'import yaml\ncfg = yaml.safe_load(open("conf.yaml"))\n',
  );
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("lazyProject()", () => {
  test("reads the workspace when it is asked, and says that it was", () => {
    const project = lazyProject([root]);
    expect(project.takeAsked()).toBe(false);
    expect(project.facts.loaderOf("conf.yaml")).toBe("pyyaml");
    expect(project.takeAsked()).toBe(true);
    expect(project.takeAsked()).toBe(false);
  });

  test("passes over what cannot be read", async () => {
    await writeFile(path.join(root, "latin.py"), Buffer.from([0x23, 0xe9, 0x0a]));
    expect(lazyProject([root]).facts.loaderOf("conf.yaml")).toBe("pyyaml");
  });
});

test("projectRoots() are folders as they are named and the projects around files", () => {
  const file = path.join(root, "src/train.py");
  expect(projectRoots([file, path.join(root, "src")])).toEqual([root, path.join(root, "src")]);
  expect(projectRoots([path.join(root, "gone.py")])).toEqual([root]);
});
