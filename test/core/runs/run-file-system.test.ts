import { describe, expect, test } from "vitest";
import {
  type FileState,
  type RunFileSystem,
  readWhole,
} from "../../../core/runs/run-file-system.ts";

/** A file whose every look and every reading takes the next of its contents, the last for ever. */
function changing(contents: readonly string[]): RunFileSystem {
  let calls = 0;
  const next = () => {
    const index = Math.min(calls, contents.length - 1);
    calls += 1;
    return contents[index] ?? "";
  };
  return {
    entries: async () => [],
    async stat(): Promise<FileState> {
      const text = next();
      return { sizeBytes: text.length, modifiedMs: 0, identity: text };
    },
    read: async (_file, start, end) => new TextEncoder().encode(next().slice(start, end)),
  };
}

const textOf = (bytes: Uint8Array | string | undefined) =>
  bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : bytes;

describe("readWhole()", () => {
  test("reads a file that is at rest once", async () => {
    expect(textOf(await readWhole(changing(["old"]), "f", 99))).toBe("old");
  });

  test("reads again what was replaced by something longer in between", async () => {
    const files = changing(["old", "a longer one"]);
    expect(textOf(await readWhole(files, "f", 99))).toBe("a longer one");
  });

  test("gives up on a size beyond the limit", async () => {
    expect(await readWhole(changing(["12345"]), "f", 4)).toBe("5 bytes; more than 4 are not read");
  });

  test("knows no bytes of a file that is not there", async () => {
    const none: RunFileSystem = { ...changing([""]), stat: async () => undefined };
    expect(await readWhole(none, "f", 4)).toBeUndefined();
  });
});
