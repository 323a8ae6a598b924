import { describe, expect, test } from "vitest";
import { isNumericKey, KNOWN_KEYS } from "../../../server/src/config/known-keys.ts";

describe("isNumericKey()", () => {
  test.each([...KNOWN_KEYS.keys(), "lr", "min_lr", "learning_rate", "learningRate", "eps"])(
    "%s is a quantity",
    (key) => expect(isNumericKey(key)).toBe(true),
  );
  test.each(["commit", "id", "name", "version", "path", "weights", "warmup", ""])(
    "%j is not",
    (key) => expect(isNumericKey(key)).toBe(false),
  );
});

test.each([...KNOWN_KEYS])("the range of %s holds some number and says so", (_key, { domain }) => {
  expect(domain.minimum).toBeLessThan(domain.maximum);
  for (const bound of [domain.minimum, domain.maximum].filter(Number.isFinite)) {
    expect(domain.words).toContain(String(bound));
  }
});
