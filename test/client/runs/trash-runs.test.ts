import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { restoreRuns, trashRuns } from "../../../client/src/runs/trash-runs.ts";

/** Run folders of the given names, each with a record that holds its name. */
function runFolders(...names: readonly string[]) {
  const root = mkdtempSync(path.join(tmpdir(), "normlens-trash-"));
  const runs = path.join(root, ".normlens/runs");
  const folders = names.map((name) => path.join(runs, name));
  const write = (folder: string, text: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "run.json"), text);
  };
  for (const folder of folders) write(folder, path.basename(folder));
  const trash = path.join(root, ".normlens/trash");
  return { runs, folders, trash, write };
}

describe("trashRuns()", () => {
  test("moves whole folders, and restoreRuns() brings them back", async () => {
    const { runs, folders, trash } = runFolders("a", "b");
    const moved = await trashRuns(folders);
    expect(readdirSync(runs)).toEqual([]);
    expect(readdirSync(trash).toSorted()).toEqual(["a", "b"]);
    await restoreRuns(moved);
    expect(readdirSync(trash)).toEqual([]);
    expect(readFileSync(path.join(runs, "b/run.json"), "utf8")).toBe("b");
  });

  test("keeps a run of the same name that lies in the trash already", async () => {
    const { folders, trash, write } = runFolders("a");
    await trashRuns(folders);
    for (const folder of folders) write(folder, "again");
    await trashRuns(folders);
    expect(readFileSync(path.join(trash, "a/run.json"), "utf8")).toBe("a");
    expect(readFileSync(path.join(trash, "a-2/run.json"), "utf8")).toBe("again");
  });

  test("moves nothing when one of them cannot be moved", async () => {
    const { runs, folders } = runFolders("a");
    await expect(trashRuns([...folders, path.join(runs, "gone")])).rejects.toThrow("ENOENT");
    expect(readdirSync(runs)).toEqual(["a"]);
  });
});

test("restoreRuns() does not overwrite a folder made since", async () => {
  const { folders, write } = runFolders("a");
  const moved = await trashRuns(folders);
  for (const folder of folders) write(folder, "new");
  await expect(restoreRuns(moved)).rejects.toThrow("has been made anew");
  for (const { to } of moved) expect(existsSync(to)).toBe(true);
});
