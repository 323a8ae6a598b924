import { describe, expect, test } from "vitest";
import type { ByteSource } from "../../../core/formats/byte-source.ts";
import { readSafetensorsHeader } from "../../../core/formats/read-safetensors-header.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";

/** A file of `sizeBytes` bytes that begins so, and the bytes that are read of it. */
function watched(start: Uint8Array, sizeBytes: number): ByteSource & { readonly asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    sizeBytes,
    read(from, to) {
      asked.push(to - from);
      const bytes = new Uint8Array(to - from);
      bytes.set(start.subarray(from, to));
      return Promise.resolve(bytes);
    },
  };
}

const lengthOf = (bytes: bigint) => new Uint8Array(BigUint64Array.of(bytes).buffer);

describe("readSafetensorsHeader()", () => {
  test("reads the header and nothing behind it", async () => {
    const data = new Float32Array(100_000);
    const file = encodeSafetensors([{ name: "w", dtype: "F32", shape: [100_000], data }]);
    const source = watched(file, file.length);
    const header = await readSafetensorsHeader(source);
    expect(header).toMatchObject({ entries: [{ name: "w", shape: [100_000] }] });
    expect(source.asked).toEqual([65_536]);
  });

  test("reads a long header in a second step", async () => {
    const tensors = Array.from({ length: 2000 }, (_, index) => ({
      name: `layers.${index}.weight`,
      dtype: "F32" as const,
      shape: [1],
      data: new Float32Array(1),
    }));
    const source = watched(encodeSafetensors(tensors), encodeSafetensors(tensors).length);
    const header = await readSafetensorsHeader(source);
    expect("entries" in header && header.entries).toHaveLength(2000);
    expect(source.asked).toHaveLength(2);
  });

  test.each([
    ["nothing", new Uint8Array(0), 0, "truncated: 0 bytes are too few for a safetensors file"],
    [
      "a header beyond all reason",
      lengthOf(50_000_000_000n),
      100_000_000_000,
      "the header claims 50000000000 bytes; more than 100000000 are refused",
    ],
    [
      "a header beyond the end",
      lengthOf(99_000_000n),
      90_000_000,
      "truncated: the header should take 99000000 bytes, 89999992 are there",
    ],
    [
      "the largest length there is",
      lengthOf(0xffffffffffffffffn),
      1_000_000,
      "the header claims 18446744073709551615 bytes; more than 100000000 are refused",
    ],
  ])("refuses %s, and does not read it", async (_, start, sizeBytes, problem) => {
    const source = watched(start, sizeBytes);
    expect(await readSafetensorsHeader(source)).toEqual({ problem });
    expect(Math.max(...source.asked)).toBeLessThanOrEqual(65_536);
  });
});
