import { expect, test } from "vitest";
import { mayComputeNorm } from "../../../server/src/semantics/penalty-signs.ts";
import { isParametersName, isWeightName } from "../../../server/src/semantics/training-names.ts";
import { codeText } from "../../../server/src/syntax/code-text.ts";

const codeOf = (text: string) => codeText(new TextEncoder().encode(text), false);

// What is read as weights in the tree must be seen in the text, or their penalty is never parsed.
test.each([
  ..."w W1 _w theta Theta weights weights_ih kernel coef_ coefs".split(" "),
  ..."params model_params Params TRAINABLES encoder_variables".split(" "),
])("mayComputeNorm() sees a norm of `%s`, also as an attribute of arrays", (name) => {
  expect(isWeightName(name) || isParametersName(name)).toBe(true);
  expect(mayComputeNorm(codeOf(`loss = mse + lam * (${name} ** 2).sum()\n`))).toBe(true);
});

test.each([
  ["sums without weights", "loss = (prediction - target).sum()\n"],
  ["weights without a sum", "w = init(weights)\n"],
  ["weights in another function", "def a(w):\n    return w\n\ndef b(x):\n    return x.sum()\n"],
  ["a keyword of that name", "y = x.sum() + f(params=3)\n"],
])("mayComputeNorm() sees none in %s", (_what, code) => {
  expect(mayComputeNorm(codeOf(code))).toBe(false);
});
