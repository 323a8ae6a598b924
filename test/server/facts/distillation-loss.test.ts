import { expect, test } from "vitest";
import { distillationLossFacts } from "../../../server/src/facts/distillation-loss.ts";
import { factsOf } from "../../support/facts-of.ts";

const shown = (text: string) =>
  factsOf(
    distillationLossFacts,
    `import torch.nn.functional as F\nfrom torch import nn\n${text}`,
  ).map(({ unreduced, form, temperature, isSquared }) =>
    [unreduced === undefined ? "given" : "default", form, temperature?.text, isSquared].join(" "),
  );

test.each([
  ["F.kl_div(F.log_softmax(s / T, 1), t)", ["default log-probabilities T false"]],
  [
    "F.kl_div(F.log_softmax(s / T, 1), t, reduction='sum') * T ** 2",
    ["given log-probabilities T true"],
  ],
  [
    "k = F.kl_div(s.log_softmax(1), t, None, None, 'batchmean')",
    ["given log-probabilities  false"],
  ],
  ["nn.KLDivLoss()(F.softmax(s / T, 1), t)", ["default probabilities T false"]],
  [
    "kl = nn.KLDivLoss(reduction='none')\nkl((s / T).log_softmax(1), t)",
    ["given log-probabilities T false"],
  ],
  ["p = F.softmax(s, 1)\nF.kl_div(torch.log(p), t)", ["default log-probabilities  false"]],
  ["F.kl_div(x, t, **options)", ["given unknown  false"]],
  ["kl_div(x, t)", []],
  ["F.kl_div(", []],
])("distillationLossFacts of %j", (text, expected) => expect(shown(text)).toEqual(expected));
