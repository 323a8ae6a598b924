import { describe, expect, test } from "vitest";
import { gradientClipWrongPlace as rule } from "../../../../server/src/rules/optimizer/gradient-clip-wrong-place.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const loop = (...lines: readonly string[]) =>
  `import torch\nfrom torch.nn.utils import clip_grad_norm_ as clip\nfor x, y in loader:\n${lines
    .map((line) => `    ${line}\n`)
    .join("")}`;

const CLIP = "clip(net.parameters(), 1.0)";

describe("gradient-clip-wrong-place", () => {
  test.each([
    [
      "after the step",
      loop("loss.backward()", "opt.step()", `«${CLIP}»`),
      loop("loss.backward()", CLIP, "opt.step()"),
    ],
    [
      "before the backward pass",
      loop("opt.zero_grad()", `«${CLIP}»`, "loss.backward()", "opt.step()"),
      loop("opt.zero_grad()", "loss.backward()", CLIP, "opt.step()"),
    ],
    [
      "scaled",
      loop("scaler.scale(loss).backward()", `«${CLIP}»`, "scaler.step(opt)", "scaler.update()"),
      loop(
        "scaler.scale(loss).backward()",
        "scaler.unscale_(opt)",
        CLIP,
        "scaler.step(opt)",
        "scaler.update()",
      ),
    ],
    [
      "values, through the full name",
      loop("loss.backward()", "opt.step()", "«torch.nn.utils.clip_grad_value_(p, 1.0)»"),
      loop("loss.backward()", "torch.nn.utils.clip_grad_value_(p, 1.0)", "opt.step()"),
    ],
  ])("moves the clip: %s", (_name, bad, good) => {
    checkRule(rule, bad, good);
    checkRule(rule, good);
  });

  test.each([
    ["with a statement between", loop("loss.backward()", "opt.step()", "print(1)", `«${CLIP}»`)],
    [
      "switched on by a flag",
      loop("loss.backward()", "opt.step()", "if args.clip:", `    «${CLIP}»`),
    ],
    [
      "with and without mixed precision",
      loop(
        "if amp:",
        "    scaler.scale(loss).backward()",
        `    «${CLIP}»`,
        "    scaler.step(opt)",
        "else:",
        "    loss.backward()",
        `    ${CLIP}`,
        "    opt.step()",
      ),
    ],
    [
      "in a method",
      `import torch\nclass T:\n    def step(self):\n        self.loss.backward()\n        self.optimizer.step()\n        «torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)»\n`,
    ],
    [
      "by Apex",
      "from apex.contrib.clip_grad import clip_grad_norm_\nfor x in xs:\n    loss.backward()\n    opt.step()\n    «clip_grad_norm_(net.parameters(), 1.0)»\n",
    ],
  ])("marks it: %s", (_name, code) => checkRule(rule, code));

  test("a fix that would not be a swap is not offered", () => {
    const code = loop("loss.backward()", "opt.step()", "print(1)", CLIP);
    expect(findingsOf(rule, code)[0]?.fixes).toEqual([]);
  });

  test.each([
    ["between", loop("loss.backward()", CLIP, "opt.step()")],
    [
      "unscaled",
      loop("scaler.scale(loss).backward()", "scaler.unscale_(opt)", CLIP, "scaler.step(opt)"),
    ],
    [
      "the step comes first in the round",
      loop("opt.step()", "opt.zero_grad()", "loss.backward()", CLIP),
    ],
    [
      "the clip and the step come before the next backward",
      loop(CLIP, "opt.step()", "opt.zero_grad()", "loss.backward()"),
    ],
    [
      "another optimizer",
      `import torch\nd = torch.optim.Adam(disc.parameters())\n${loop("loss.backward()", "d.step()", CLIP)}`,
    ],
    ["two optimizers", loop("loss.backward()", "opt_d.step()", CLIP, "opt_g.step()")],
    ["two backward passes", loop("a.backward()", "opt.step()", CLIP, "b.backward()")],
    [
      "only measured",
      loop("loss.backward()", "opt.step()", "n = clip(net.parameters(), float('inf'))"),
    ],
    [
      "Accelerate",
      loop("accelerator.backward(loss)", "opt.step()", "accelerator.clip_grad_norm_(p, 1.0)"),
    ],
    [
      "a gradient penalty",
      loop("g = torch.autograd.grad(out, x)", "loss.backward()", "opt.step()", CLIP),
    ],
    [
      "in a branch of its own",
      loop("loss.backward()", "if a:", "    opt.step()", "else:", `    ${CLIP}`),
    ],
    [
      "a step in a branch, the clip for all",
      loop("loss.backward()", "if i % 4 == 0:", "    opt.step()", CLIP),
    ],
    [
      "one clip for both ways",
      loop(
        "if amp:",
        "    scaler.scale(loss).backward()",
        "else:",
        "    loss.backward()",
        CLIP,
        "opt.step()",
      ),
    ],
    ["in a hook", loop("def hook():", `    ${CLIP}`, "loss.backward()", "opt.step()")],
    ["half-typed", loop("loss.backward()", "opt.step()", "clip(")],
  ])("stays silent: %s", (_name, code) => {
    if (_name === "half-typed") expect(() => findingsOf(rule, code)).not.toThrow();
    else checkRule(rule, code);
  });
});
