import { describe, expect, test } from "vitest";
import { evaluationPassFacts } from "../../../server/src/facts/evaluation-pass.ts";
import { factsOf } from "../../support/facts-of.ts";

const net = "net = nn.Sequential(nn.Linear(9, 2))\n";

/** The model call and the part of the data of each pass. */
const passes = (text: string) =>
  factsOf(evaluationPassFacts, text).map(
    ({ call, role }) => `${text.slice(call.span.start, call.span.end)} ${role?.part ?? "-"}`,
  );

describe("evaluationPassFacts", () => {
  test.each([
    [`${net}with torch.no_grad():\n    acc = f(net(x), y)`, ["net(x) -"]],
    [
      `${net}with torch.no_grad(), autocast():\n    for x, y in train_loader:\n        acc = f(net(x), y)`,
      ["net(x) train"],
    ],
    [
      `${net}@torch.inference_mode()\ndef f(X_test):\n    val_loss = g(net(X_test))`,
      ["net(X_test) test"],
    ],
    [`${net}with torch.no_grad():\n    z = net(x)`, []],
    [`${net}acc = f(net(x), y)`, []],
    ["with torch.no_grad():\n    acc = f(net(x), y)", []],
  ])("%j", (text, shown) => expect(passes(text)).toEqual(shown));
});
