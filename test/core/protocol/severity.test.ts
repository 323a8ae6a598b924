import { expect, test } from "vitest";
import { isAtLeast, milder, SEVERITIES } from "../../../core/protocol/severity.ts";

test("isAtLeast() orders from error down to hint", () => {
  expect(SEVERITIES.map((severity) => isAtLeast(severity, "warning"))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("milder() ends at hint", () => {
  expect(SEVERITIES.map(milder)).toEqual(["warning", "information", "hint", "hint"]);
});
