import { expect, test } from "vitest";
import { softThresholdFacts } from "../../../server/src/facts/soft-threshold.ts";
import { factsOf } from "../../support/facts-of.ts";

const shown = (body: string) =>
  factsOf(
    softThresholdFacts,
    `import numpy as np\nimport torch\nimport torch.nn.functional as F\n\ndef soft(x, t):\n    return np.sign(x) * np.maximum(np.abs(x) - t, 0)\n\ndef step(w, g, lr, lam, L):\n    ${body.replaceAll("\n", "\n    ")}\n`,
  ).map(({ name, isBare, isCut }) => [name, isBare && "bare", isCut && "cut"]);

test.each([
  ["w = w - lr * g\nw = np.sign(w) * (np.abs(w) - lam)", [["w", "bare", false]]],
  ["w -= lr * g\nw = np.sign(w) * np.maximum(np.abs(w) - lam, 0)", [["w", "bare", "cut"]]],
  ["w = soft(w - lr * g, lam)", [["w", "bare", "cut"]]],
  ["w -= lr * g\nw = F.softshrink(w, lam)", [["w", "bare", "cut"]]],
  ["w -= lr * g\nw = torch.sign(w) * torch.clamp(w.abs() - lam, min=0)", [["w", "bare", "cut"]]],
  ["z = w - lr * g\nw = np.sign(z) * np.maximum(np.abs(z) - lr * lam, 0)", [["w", false, "cut"]]],
  ["w = soft(w - lr * g, lr * lam)", [["w", false, "cut"]]],
  ["w = soft(w - g / L, lam / L)", []],
  ["w = soft(w, lam)", []],
  ["w -= lr * g\nw = np.sign(w) * np.maximum(np.abs(w) - lam,", []],
])("softThresholdFacts of %j", (body, expected) => expect(shown(body)).toEqual(expected));
