import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeTfEvents,
  encodeFileVersion,
  encodeScalars,
} from "../../../core/formats/tfevents.ts";

describe("tfevents", () => {
  test("decodeTfEvents() gives back the version and the scalars", () => {
    const file = Uint8Array.from([
      ...encodeFileVersion(1_700_000_000.25),
      ...encodeScalars(1_700_000_001.5, 120, {
        "train/loss": 0.1,
        "weights/图像/l1": Number.NaN,
        "train/penalty": Number.POSITIVE_INFINITY,
      }),
    ]);

    expect(decodeTfEvents(file)).toEqual({
      events: [
        { wallTime: 1_700_000_000.25, step: 0, fileVersion: "brain.Event:2", scalars: [] },
        {
          wallTime: 1_700_000_001.5,
          step: 120,
          scalars: [
            { tag: "train/loss", value: Math.fround(0.1) },
            { tag: "weights/图像/l1", value: Number.NaN },
            { tag: "train/penalty", value: Number.POSITIVE_INFINITY },
          ],
        },
      ],
      restBytes: 0,
    });
  });

  test("encodeScalars() refuses a step that is no integer", () => {
    expect(() => encodeScalars(0, 1.5, {})).toThrow(RangeError);
  });

  test("decodeTfEvents() never throws on arbitrary bytes", () => {
    const good = encodeScalars(1, 2, { a: 3 });
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(good.length), (noise, cut) => {
        const { events } = decodeTfEvents(Uint8Array.from([...good, ...noise]));
        expect(events.length).toBeGreaterThanOrEqual(1);
        decodeTfEvents(Uint8Array.from([...good.subarray(0, cut), ...noise]));
      }),
    );
  });
});
