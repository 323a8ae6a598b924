import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesField,
  doubleField,
  floatField,
  protobufFields,
  varintField,
} from "../../../core/formats/protobuf.ts";

describe("varintField", () => {
  // The first two are the examples of the encoding guide.
  test.each([
    [150, [0x08, 0x96, 0x01]],
    [1, [0x08, 0x01]],
    [0, [0x08, 0x00]],
    [-2, [0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
  ])("writes %i", (value, bytes) => {
    expect([...varintField(1, value)]).toEqual(bytes);
  });
});

describe("protobufFields", () => {
  test("gives back what was written", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.uint8Array(),
        (value, payload) => {
          const message = Uint8Array.from([
            ...varintField(1, value),
            ...bytesField(1000, payload),
            ...doubleField(3, Math.PI),
            ...floatField(4, 0.5),
          ]);
          const fields = [...protobufFields(message)];
          expect(fields.map((field) => field.number)).toEqual([1, 1000, 3, 4]);
          expect(fields[0]).toEqual({ number: 1, wire: "varint", value });
          expect(fields[1]).toMatchObject({ wire: "bytes", bytes: payload });
          expect(fields[2]).toMatchObject({ wire: "fixed64" });
          expect(fields[3]).toMatchObject({ wire: "fixed32" });
        },
      ),
    );
  });

  test.each([
    ["a field that breaks off", [0x0a, 0x05, 0x01]],
    ["a number that never ends", [0x08, ...new Array(12).fill(0xff)]],
    ["a wire type that does not exist", [0x0f, 0x00]],
    ["a length beyond any memory", [0x0a, ...new Array(9).fill(0xff), 0x01]],
  ])("stops before %s", (_name, tail) => {
    const message = Uint8Array.from([...varintField(2, 7), ...tail]);
    expect([...protobufFields(message)]).toEqual([{ number: 2, wire: "varint", value: 7n }]);
  });
});
