import { expect, test } from "vitest";
import { validationLoss } from "../../../webview/src/layout/validation-loss.ts";
import { runHeader, series } from "../run-state.ts";

test("validationLoss() takes the last that was logged, without the penalty", () => {
  const header = runHeader({ final: { "validation/loss": 0.7 } });
  const curves = new Map([
    ["validation/loss", series([0, 5], [3, 2])],
    ["validation/data_loss", series([0, 5], [2, 1])],
  ]);
  expect(validationLoss(header, curves)).toBe(1);
  expect(validationLoss(header, new Map([["validation/loss", series([0], [3])]]))).toBe(3);
  expect(validationLoss(header, undefined)).toBe(0.7);
  expect(validationLoss(runHeader(), undefined)).toBeUndefined();
});
