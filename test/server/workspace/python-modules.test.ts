import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pythonModules } from "../../../server/src/workspace/python-modules.ts";

let folder = "";
const inside = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "normlens-modules-"));
  await mkdir(inside("project/models"), { recursive: true });
  await mkdir(inside("project/scripts"));
  await mkdir(inside("project/src/lib"), { recursive: true });
  await writeFile(inside("project/pyproject.toml"), "");
  await writeFile(inside("project/models/__init__.py"), "# package");
  await writeFile(inside("project/models/net.py"), "# net");
  await writeFile(inside("project/src/lib/own.py"), "# own");
  await writeFile(inside("project/scripts/binary.py"), Buffer.from([0xff, 0xfe, 0x00]));
  await writeFile(inside("outside.py"), "# outside");
});
afterEach(() => rm(folder, { recursive: true }));

describe("pythonModules()", () => {
  test.each([
    ["models.net", "project/scripts/train.py", "project/models/net.py"],
    ["models", "project/scripts/train.py", "project/models/__init__.py"],
    [".net", "project/models/vit.py", "project/models/net.py"],
    ["..models.net", "project/scripts/train.py", "project/models/net.py"],
    [".", "project/models/vit.py", "project/models/__init__.py"],
    ["lib.own", "project/scripts/train.py", "project/src/lib/own.py"],
  ])("finds %s from %s", (module, from, file) => {
    expect(pythonModules()(module, inside(from))?.path).toBe(inside(file));
  });

  test.each([
    ["a library", "torch", "project/scripts/train.py"],
    ["what lies outside of the project", "outside", "project/scripts/train.py"],
    ["what is no text", "binary", "project/scripts/train.py"],
    ["a name that is none", "a-b/c", "project/scripts/train.py"],
  ])("does not find %s", (_name, module, from) => {
    expect(pythonModules()(module, inside(from))).toBeUndefined();
  });

  test("asks nothing of a document without a path", () => {
    expect(pythonModules()("models", "untitled:Untitled-1")).toBeUndefined();
  });

  test("gives the same object until the file changes", async () => {
    const find = pythonModules();
    const from = inside("project/scripts/train.py");
    const first = find("models.net", from);
    expect(find("models.net", from)).toBe(first);
    await writeFile(inside("project/models/net.py"), "# other");
    await utimes(inside("project/models/net.py"), 1, 1);
    expect(find("models.net", from)?.text).toBe("# other");
  });
});
