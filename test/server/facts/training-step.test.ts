import { describe, expect, test } from "vitest";
import { isWithinBranches, trainingStepFacts } from "../../../server/src/facts/training-step.ts";
import { factsOf } from "../../support/facts-of.ts";

/** The actions of every round: `*` after those of inner loops, `?` after those in branches. */
const roundsOf = (text: string) =>
  factsOf(trainingStepFacts, text).map(({ events }) =>
    events
      .map(({ action, innerLoops, branches }) =>
        [action, "*".repeat(innerLoops), "?".repeat(branches.length)].join(""),
      )
      .join(" "),
  );

describe("trainingStepFacts", () => {
  test.each([
    [
      "a plain loop",
      "for x, y in loader:\n    opt.zero_grad()\n    f(net(x), y).backward()\n    clip_grad_norm_(net.parameters(), 1)\n    opt.step()",
      ["zero backward clip step"],
    ],
    [
      "mixed precision",
      "for x in loader:\n    scaler.scale(loss).backward()\n    scaler.unscale_(opt)\n    nn.utils.clip_grad_norm_(p, 1)\n    scaler.step(opt)\n    scaler.update()",
      ["backward unscale clip step"],
    ],
    [
      "accumulation",
      "for i, x in enumerate(loader):\n    loss.backward()\n    if i % 4 == 0:\n        opt.step()\n        opt.zero_grad()",
      ["backward step? zero?"],
    ],
    [
      "micro batches",
      "for i in range(10):\n    for j in range(4):\n        loss.backward()\n    opt.step()",
      ["backward* step", "backward"],
    ],
    [
      "a method",
      "class T:\n    def training_step(self, x):\n        self.manual_backward(loss)\n        self.optimizer.step()",
      ["backward step"],
    ],
    [
      "an optimizer of any name",
      "sgd = optim.SGD(p, 0.1)\nwhile True:\n    loss.backward()\n    sgd.step()",
      ["backward step"],
    ],
    [
      "accelerate",
      "for x in loader:\n    accelerator.backward(loss)\n    accelerator.clip_grad_norm_(p, 1)\n    optimizer.step()",
      ["backward clip step"],
    ],
  ])("reads %s", (_name, text, rounds) => expect(roundsOf(text)).toEqual(rounds));

  test.each([
    ["a schedule", "scheduler.step()\nlr_scheduler.step()\noptim_scheduler.step()"],
    ["a game", "env.step(action)"],
    ["no training", "x = 1"],
  ])("finds nothing in %s", (_name, text) => expect(roundsOf(text)).toEqual([]));

  test("tells what is scaled, wrapped and meant", () => {
    const text =
      "scaler.scale(loss).backward()\naccelerator.backward(loss)\nscaler.step(opt)\nfabric.clip_gradients(m, o)";
    const [round] = factsOf(trainingStepFacts, text);
    const shown = round?.events.map(({ subject, scaler, isWrapped }) => [
      subject && text.slice(subject.span.start, subject.span.end),
      scaler !== undefined,
      isWrapped,
    ]);
    expect(shown).toEqual([
      ["loss", true, false],
      ["loss", false, true],
      ["opt", true, false],
      ["m", false, true],
    ]);
  });

  test("knows whose branches hold whose", () => {
    const text =
      "for x in l:\n    loss.backward()\n    if a:\n        opt.step()\n    else:\n        opt.zero_grad()";
    const events = factsOf(trainingStepFacts, text)[0]?.events ?? [];
    const [backward, step, zero] = events;
    if (backward === undefined || step === undefined || zero === undefined) throw new RangeError();
    expect(isWithinBranches(step, backward)).toBe(true);
    expect(isWithinBranches(backward, step)).toBe(false);
    expect(isWithinBranches(step, zero)).toBe(false);
  });

  test("is total", () => {
    expect(roundsOf("for x in l:\n    loss.backward(\nopt.step(").length).toBeGreaterThanOrEqual(0);
  });
});
