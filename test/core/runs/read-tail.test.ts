import { describe, expect, test } from "vitest";
import { readTail, START_OF_FILE } from "../../../core/runs/read-tail.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";

const FILE = "run/metrics.jsonl";

describe("readTail", () => {
  test("gives each complete line once and waits for a torn one", async () => {
    const files = memoryRunFiles({ [FILE]: '1\n2\n{"st' });
    const first = await readTail(files, FILE, START_OF_FILE);
    expect(first.values).toEqual([
      { line: 1, start: 0, end: 2, value: 1 },
      { line: 2, start: 2, end: 4, value: 2 },
    ]);

    expect((await readTail(files, FILE, first.position)).values).toEqual([]);
    files.append(FILE, 'ep":3}\nx\n');
    const second = await readTail(files, FILE, first.position);
    expect(second).toMatchObject({ isReset: false, hasMore: false });
    expect(second.values).toEqual([{ line: 3, start: 4, end: 15, value: { step: 3 } }]);
    expect(second.problems).toEqual([{ line: 4, message: expect.any(String) }]);
    expect((await readTail(files, FILE, second.position)).problems).toEqual([]);
  });

  test("starts again when the file is replaced, cut, or cut and grown past the old end", async () => {
    for (const change of [
      (files: ReturnType<typeof memoryRunFiles>) => files.write(FILE, "7\n8\n9\n"),
      (files: ReturnType<typeof memoryRunFiles>) => files.overwrite(FILE, "7\n"),
      (files: ReturnType<typeof memoryRunFiles>) => files.overwrite(FILE, "71234\n"),
    ]) {
      const files = memoryRunFiles({ [FILE]: "1\n2\n" });
      const { position } = await readTail(files, FILE, START_OF_FILE);
      change(files);
      const update = await readTail(files, FILE, position);
      expect(update.isReset).toBe(true);
      expect(update.values[0]?.start).toBe(0);
      expect((await readTail(files, FILE, update.position)).isReset).toBe(false);
    }
  });

  test("takes a file that is not there as empty, and says when it has gone", async () => {
    const files = memoryRunFiles();
    const before = await readTail(files, FILE, START_OF_FILE);
    expect(before).toMatchObject({ isReset: false, values: [] });
    files.write(FILE, "1\n");
    const there = await readTail(files, FILE, before.position);
    expect(there).toMatchObject({ isReset: false, values: [{ value: 1 }] });
    files.remove(FILE);
    const gone = await readTail(files, FILE, there.position);
    expect(gone).toMatchObject({ isReset: true, position: START_OF_FILE });
    expect((await readTail(files, FILE, gone.position)).isReset).toBe(false);
  });

  test("passes over a line too long to read and goes on behind it", async () => {
    const files = memoryRunFiles({ [FILE]: "" });
    files.write(FILE, new Uint8Array(9 * 1024 * 1024).fill(0x20));
    const first = await readTail(files, FILE, START_OF_FILE);
    expect(first).toMatchObject({
      hasMore: true,
      problems: [{ line: 1, message: expect.stringContaining("longer than") }],
    });
    const second = await readTail(files, FILE, first.position);
    expect(second).toMatchObject({ isReset: false, hasMore: false, values: [] });
  });
});
