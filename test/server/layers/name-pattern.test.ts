import { expect, test } from "vitest";
import {
  ANY_NAME,
  isAnyName,
  matchesName,
  textName,
} from "../../../server/src/layers/name-pattern.ts";

test.each([
  [textName("fc1"), "fc1", true],
  [textName("fc1"), "fc2", false],
  [{ kind: "index", from: 1, to: 3 } as const, "2", true],
  [{ kind: "index", from: 1, to: 3 } as const, "3", false],
  [{ kind: "index", from: 0, to: Infinity } as const, "a", false],
  [{ kind: "pieces", pieces: ["fc", ""] } as const, "fc12", true],
  [{ kind: "pieces", pieces: ["fc", ""] } as const, "fc", false],
  [{ kind: "pieces", pieces: ["conv", "_", "a"] } as const, "conv1_2a", true],
  [{ kind: "pieces", pieces: ["conv", "_a"] } as const, "conv_a", false],
  [{ kind: "pieces", pieces: ["", "_norm"] } as const, "q_norm", true],
  [ANY_NAME, "anything", true],
])("matchesName(%j, %s) is %s", (pattern, step, expected) => {
  expect(matchesName(pattern, step)).toBe(expected);
});

test("isAnyName() knows a name of which no part is written", () => {
  expect(isAnyName(ANY_NAME)).toBe(true);
  expect(isAnyName({ kind: "pieces", pieces: ["fc", ""] })).toBe(false);
});
