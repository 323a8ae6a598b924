import { describe, expect, test } from "vitest";
import {
  faultText,
  finiteNumber,
  listOf,
  naturalNumber,
  objectOf,
  oneOf,
  recordOf,
  text,
} from "../../../core/protocol/decoder.ts";

interface Point {
  readonly x: number;
  readonly label?: string;
}
const point = objectOf<Point>({ x: finiteNumber, label: text }, ["label"]);

describe("decoders", () => {
  test.each([
    ["text", text, ""],
    ["finiteNumber", finiteNumber, -0.5],
    ["naturalNumber", naturalNumber, 0],
    ["oneOf", oneOf<"a" | 1>("a", 1), 1],
    ["listOf", listOf(text), ["a", "b"]],
    ["recordOf", recordOf(finiteNumber), { a: 1 }],
    ["objectOf with an optional field", point, { x: 1, label: "a" }],
    ["objectOf without it", point, { x: 1 }],
  ])("%s takes its form", (_name, decode, value) => {
    expect(decode(value)).toEqual({ ok: true, value });
  });

  test.each([
    ["text", text, 1, "at should be text, found 1"],
    ["finiteNumber", finiteNumber, Number.NaN, "at should be a number, found null"],
    [
      "naturalNumber",
      naturalNumber,
      2 ** 53,
      "at should be a whole number from 0, found 9007199254740992",
    ],
    ["oneOf", oneOf<"a" | 1>("a", 1), "b", 'at should be "a" or 1, found "b"'],
    ["listOf", listOf(text), ["a", null], "at[1] should be text, found null"],
    ["recordOf", recordOf(finiteNumber), { a: "1" }, 'at.a should be a number, found "1"'],
    ["objectOf an array", point, [], "at should be an object, found []"],
    ["objectOf an absent field", point, {}, "at.x should be a number, found nothing"],
    [
      "objectOf an inherited field",
      point,
      Object.create({ x: 1 }),
      "at.x should be a number, found nothing",
    ],
  ])("%s names what it refuses", (_name, inner, value, problem) => {
    const decode = objectOf<{ readonly at: unknown }>({ at: inner });
    const decoded = decode({ at: value });
    expect(decoded.ok ? "" : faultText(decoded)).toBe(problem);
  });

  test("recordOf keeps a key that looks like a prototype", () => {
    const decoded = recordOf(finiteNumber)(JSON.parse('{"__proto__":1}'));
    expect(decoded.ok && Object.keys(decoded.value)).toEqual(["__proto__"]);
  });
});
