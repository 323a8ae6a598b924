import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isProjectRoot, projectRootOf } from "../../../server/src/workspace/project-root.ts";
import { pythonModules } from "../../../server/src/workspace/python-modules.ts";

let folder = "";
const inside = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "normlens-root-"));
  await mkdir(inside("project/configs"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

test.each(["pyproject.toml", "setup.py", "normlens.toml", ".git"])(
  "%s marks a root, for configs and for imports alike",
  async (sign) => {
    const file = inside("project/configs/a.yaml");
    expect(isProjectRoot(inside("project"))).toBe(false);
    await writeFile(inside(`project/${sign}`), "");
    expect(isProjectRoot(inside("project"))).toBe(true);
    expect(projectRootOf(file)).toBe(inside("project"));

    await mkdir(inside("project/src"));
    await writeFile(inside("project/src/net.py"), "x = 1\n");
    await writeFile(inside("above.py"), "x = 1\n");
    const moduleOf = pythonModules();
    const script = inside("project/configs/train.py");
    expect(moduleOf("net", script)?.path).toBe(inside("project/src/net.py"));
    expect(moduleOf("above", script)).toBeUndefined();
  },
);

test("projectRootOf() takes the file's own folder where nothing above is a root", () => {
  expect(projectRootOf("/no-such-folder/a.yaml")).toBe("/no-such-folder");
});
