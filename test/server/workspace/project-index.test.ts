import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { projectIndex } from "../../../server/src/workspace/project-index.ts";
import { walkFiles } from "../../../server/src/workspace/walk-files.ts";

let folder = "";
const inside = (name: string) => path.join(folder, name);
const SAFE_LOAD = 'import yaml\nyaml.safe_load(open("a.yaml"))\n';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "normlens-project-"));
  await writeFile(inside("a.py"), SAFE_LOAD);
  await writeFile(inside("broken.py"), Buffer.from([0xff, 0xfe, 0x00]));
  await writeFile(inside("a.yaml"), "lr: 1e-2\n");
});
afterEach(() => rm(folder, { recursive: true }));

describe("projectIndex()", () => {
  test("reads the Python files of a folder and skips unreadable ones", async () => {
    const index = projectIndex();
    expect(index.facts().loaderOf(inside("a.yaml"))).toBeUndefined();
    await index.read(walkFiles([folder]));
    expect(index.facts().loaderOf(inside("a.yaml"))).toBe("pyyaml");
    expect(index.facts().readsKey?.("safe_load")).toBe(true);
    expect(index.facts().readsKey?.("lr")).toBe(false);
  });

  test("follows changes of a file, and forgets one that is gone", async () => {
    const index = projectIndex();
    const files = [{ kind: "file", path: inside("a.py") }] as const;
    await index.read(files);
    await writeFile(inside("a.py"), SAFE_LOAD.replace("a.yaml", "b.yaml"));
    await index.read(files);
    expect(index.facts().loaderOf(inside("b.yaml"))).toBe("pyyaml");
    expect(index.facts().loaderOf(inside("a.yaml"))).toBeUndefined();
    await rm(inside("a.py"));
    await index.read(files);
    expect(index.facts().loaderOf(inside("b.yaml"))).toBeUndefined();
  });

  test("reads configs that name a DeepSpeed config", async () => {
    await writeFile(inside("train.yaml"), "deepspeed: ds.json\nweight_decay: 0.1\n");
    const index = projectIndex();
    await index.read(walkFiles([folder]));
    expect(index.facts().deepspeedUses?.(inside("ds.json"))).toMatchObject([
      { config: "ds.json", values: [{ name: "weight_decay", value: 0.1 }] },
    ]);
    expect(index.facts().readsKey?.("weight_decay")).toBe(false);
  });

  test("tells whether a file that was read counts for others", async () => {
    const index = projectIndex();
    const read = (name: string) => index.read([{ kind: "file", path: inside(name) }]);
    expect(await read("a.yaml")).toBe(false);
    expect(await read("gone.py")).toBe(false);
    expect(await read("a.py")).toBe(true);
    await rm(inside("a.py"));
    expect(await read("a.py")).toBe(true);
    expect(await read("a.py")).toBe(false);
  });

  test("stops when it is cancelled", async () => {
    const index = projectIndex();
    await index.read(walkFiles([folder]), () => true);
    expect(index.facts().loaderOf(inside("a.yaml"))).toBeUndefined();
  });
});
