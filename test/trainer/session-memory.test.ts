import { expect, test } from "vitest";
import {
  encodeSessionMemory,
  parseSessionMemory,
  type SessionMemory,
} from "../../trainer/src/session-memory.ts";

const MEMORY: SessionMemory = {
  latest: { "train/loss": 0.1 + 0.2, "test/r2": Number.NaN },
  diagnoses: ["Exploding gradient: a, step 1: its norm is Infinity"],
  gradients: {
    told: ["exploding a"],
    starved: { a: 0, b: 2 },
    norms: { a: [1e-300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] },
  },
  interval: { weight: 24, sums: { "train/loss": 1 / 3 } },
};

test("parseSessionMemory() gives what was encoded, to the last bit and what is no number", () => {
  expect(parseSessionMemory(encodeSessionMemory(MEMORY))).toEqual(MEMORY);
});

test.each([
  ["", "Unexpected end of JSON input"],
  ["{}", "latest should be an object, found nothing"],
  [
    JSON.stringify({
      ...MEMORY,
      latest: {},
      interval: { weight: "24", sums: {} },
      gradients: { told: [], starved: {}, norms: {} },
    }),
    'interval.weight should be a number, found "24"',
  ],
])("parseSessionMemory() says what is wrong with %s", (text, message) => {
  expect(parseSessionMemory(text)).toBe(message);
});
