import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJsonLines } from "../../../core/formats/json-lines.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("parseJsonLines", () => {
  test("reads complete lines and leaves a torn last one", () => {
    const text = '{"step":1}\r\n\n{"step":2}\n{"st';
    expect(parseJsonLines(bytesOf(text))).toEqual({
      values: [
        { line: 1, start: 0, end: 12, value: { step: 1 } },
        { line: 3, start: 13, end: 24, value: { step: 2 } },
      ],
      problems: [],
      lines: 3,
      consumedBytes: text.length - '{"st'.length,
    });
  });

  test("reports a bad line by its number and reads on", () => {
    const { values, problems } = parseJsonLines(bytesOf('1\n{"step":NaN}\n3\n'));
    expect(values.map(({ value }) => value)).toEqual([1, 3]);
    expect(problems).toEqual([{ line: 2, message: expect.stringContaining("JSON") }]);
  });

  test("reads the same values however the bytes were cut in two", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(), (items, cut) => {
        const bytes = bytesOf(items.map((item) => `${JSON.stringify(item)}\n`).join(""));
        const first = parseJsonLines(bytes.subarray(0, cut % (bytes.length + 1)));
        const second = parseJsonLines(bytes.subarray(first.consumedBytes));
        const values = [...first.values, ...second.values].map(({ value }) =>
          JSON.stringify(value),
        );
        expect(values).toEqual(items.map((item) => JSON.stringify(item)));
      }),
    );
  });
});
