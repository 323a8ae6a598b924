import { describe, expect, test } from "vitest";
import { decodeTfRecords, encodeTfRecord } from "../../../core/formats/tfrecord.ts";

const FIRST = encodeTfRecord(Uint8Array.of(1, 2, 3));
const SECOND = encodeTfRecord(new Uint8Array(0));
const BOTH = Uint8Array.from([...FIRST, ...SECOND]);

describe("decodeTfRecords", () => {
  test("gives back what was framed", () => {
    expect(decodeTfRecords(BOTH)).toEqual({
      records: [Uint8Array.of(1, 2, 3), new Uint8Array(0)],
      restBytes: 0,
    });
  });

  test("keeps the whole records in front of every possible tear", () => {
    for (let length = 0; length < BOTH.length; length += 1) {
      const { records, restBytes, problem } = decodeTfRecords(BOTH.subarray(0, length));
      expect(records).toHaveLength(length >= FIRST.length ? 1 : 0);
      expect(restBytes).toBe(length >= FIRST.length ? length - FIRST.length : length);
      expect(problem).toBeUndefined();
    }
  });

  test("reports every single damaged byte", () => {
    for (let position = 0; position < FIRST.length; position += 1) {
      const damaged = BOTH.slice();
      damaged[position] = (damaged[position] ?? 0) ^ 0x40;
      expect(decodeTfRecords(damaged)).toMatchObject({
        records: [],
        problem: expect.stringContaining("byte 0 fails its checksum"),
      });
    }
  });
});
