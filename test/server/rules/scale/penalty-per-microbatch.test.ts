import { describe, test } from "vitest";
import { penaltyPerMicrobatch as rule } from "../../../../server/src/rules/scale/penalty-per-microbatch.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS = "import torch\nimport torch.nn.functional as F\n";
const STEP = "\nif (i + 1) % k == 0:\n    opt.step()\n";

describe("penalty-per-microbatch", () => {
  test.each([
    [
      "a name that says accumulation",
      "loss = F.mse_loss(a, b) / accum + «lam * l2(net)»\nloss.backward()",
      "loss = F.mse_loss(a, b) / accum + lam * l2(net) / accum\nloss.backward()",
    ],
    [
      "an attribute",
      "loss = F.mse_loss(a, b) / args.accumulation_steps + «0.1 * net.fc.weight.norm()»\nscaler.scale(loss).backward()",
      "loss = F.mse_loss(a, b) / args.accumulation_steps + 0.1 * net.fc.weight.norm() / args.accumulation_steps\nscaler.scale(loss).backward()",
    ],
    [
      "the period of the step",
      `loss = criterion(a, b) / k + «lam * l2(net)»\nloss.backward()${STEP}`,
      `loss = criterion(a, b) / k + lam * l2(net) / k\nloss.backward()${STEP}`,
    ],
    [
      "a penalty that is added after the division",
      "loss = F.mse_loss(a, b)\nloss = loss / accum_steps\nloss += «lam * l2(net)»\naccelerator.backward(loss)",
      undefined,
    ],
    [
      "division in place",
      "loss = F.mse_loss(a, b)\nloss /= grad_accum\nloss = loss + «lam * l2(net)»\nloss.backward()",
      undefined,
    ],
  ])("reports %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, fixed === undefined ? undefined : IMPORTS + fixed),
  );

  test.each([
    ["both divided", "loss = (F.mse_loss(a, b) + lam * l2(net)) / accum\nloss.backward()"],
    [
      "both divided later",
      "loss = F.mse_loss(a, b) + lam * l2(net)\nloss = loss / accum\nloss.backward()",
    ],
    ["each divided", "loss = F.mse_loss(a, b) / accum + lam * l2(net) / accum\nloss.backward()"],
    [
      "a coefficient that is divided",
      "loss = F.mse_loss(a, b) / accum + lam / accum * l2(net)\nloss.backward()",
    ],
    [
      "one micro-batch",
      "accum = 1\nloss = F.mse_loss(a, b) / accum + lam * l2(net)\nloss.backward()",
    ],
    ["another divisor", "loss = F.mse_loss(a, b) / temperature + lam * l2(net)\nloss.backward()"],
    ["no divisor", "loss = F.mse_loss(a, b) + lam * l2(net)\nloss.backward()"],
    [
      "added in the last round",
      "loss = F.mse_loss(a, b) / accum\nif last:\n    loss = loss + lam * l2(net)\nloss.backward()",
    ],
    ["not minimised", "loss = F.mse_loss(a, b) / accum + lam * l2(net)"],
    ["half-typed", "loss = F.mse_loss(a, b) / accum + lam * l2(net\nloss.backward()"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
