import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { writeRunNotes } from "../../../client/src/runs/write-run-notes.ts";
import { parseRunNotes } from "../../../core/protocol/run-notes.ts";

test("writeRunNotes() replaces the notes and leaves nothing beside them", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-notes-"));
  await writeRunNotes(folder, { name: "First" });
  await writeRunNotes(folder, { tags: ["l1"] });
  expect(readdirSync(folder)).toEqual(["notes.json"]);
  const text = readFileSync(path.join(folder, "notes.json"), "utf8");
  expect(parseRunNotes(text)).toEqual({ tags: ["l1"] });
});

test("writeRunNotes() rejects where the folder is gone", async () => {
  const gone = path.join(tmpdir(), "normlens-no-such-folder");
  await expect(writeRunNotes(gone, {})).rejects.toThrow("ENOENT");
});
