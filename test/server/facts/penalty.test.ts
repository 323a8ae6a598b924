import { describe, expect, test } from "vitest";
import { penaltyFacts } from "../../../server/src/facts/penalty.ts";
import { factsOf } from "../../support/facts-of.ts";

const IMPORTS = [
  "import functools",
  "import numpy as np",
  "import torch",
  "import torch.nn as nn",
  "import tensorflow as tf",
  "import jax",
  "import jax.numpy as jnp",
  "import optax",
  "",
].join("\n");

/** `kind/reduction of coverage:weights`, one for each norm. */
function norms(code: string): string[] {
  const text = IMPORTS + code;
  const written = ({ span }: { span: { start: number; end: number } }) =>
    text.slice(span.start, span.end);
  return factsOf(penaltyFacts, text).map(({ norm, term }) => {
    const of = norm.weights.map(({ coverage, node }) => `${coverage}:${written(node)}`).join(",");
    const scale = norm.scale === 1 ? "" : ` x${norm.scale}`;
    const blocker = term.blocker === undefined ? "" : ` behind ${term.blocker.name}`;
    return `${norm.kind}/${norm.reduction} of ${of}${scale}${blocker}`;
  });
}

describe("penaltyFacts reads", () => {
  test.each([
    ["sum(p.pow(2).sum() for p in net.parameters())", "l2squared/sum of model:net"],
    ["sum((p ** 2).sum() for p in net.parameters())", "l2squared/sum of model:net"],
    ["sum(torch.sum(p * p) for _, p in net.named_parameters())", "l2squared/sum of model:net"],
    ["sum(p.abs().sum() for p in net.parameters())", "l1/sum of model:net"],
    ["sum(torch.norm(p, 1) for p in net.parameters())", "l1/sum of model:net"],
    ["sum(p.norm(p=1) for p in net.parameters())", "l1/sum of model:net"],
    ["sum(torch.norm(p) for p in net.parameters())", "l2/sum of model:net"],
    ["sum(torch.linalg.norm(p) ** 2 for p in net.parameters())", "l2squared/sum of model:net"],
    ["sum(p.norm(2).pow(2) for p in net.parameters())", "l2squared/sum of model:net"],
    ["sum(map(lambda p: p.abs().sum(), net.parameters()))", "l1/sum of model:net"],
    ["torch.stack([p.norm() for p in net.parameters()]).sum()", "l2/sum of model:net"],
    ["torch.cat([p.view(-1) for p in net.parameters()]).abs().sum()", "l1/sum of model:net"],
    ["torch.norm(torch.cat([p.flatten() for p in net.parameters()]), p=1)", "l1/sum of model:net"],
    ["net.fc.weight.abs().sum()", "l1/sum of tensor:net.fc.weight"],
    ["torch.mean(net.fc.weight.abs())", "l1/mean of tensor:net.fc.weight"],
    ["net.fc.weight.sum()", "signed/sum of tensor:net.fc.weight"],
    ["net.fc.weight.pow(2).sum(dim=1).sqrt().sum()", "group/sum of tensor:net.fc.weight"],
    ["torch.norm(net.fc.weight, dim=0).sum()", "group/sum of tensor:net.fc.weight"],
    ["torch.norm(net.fc.weight, p='nuc')", "other/sum of tensor:net.fc.weight"],
    ["torch.sqrt(net.fc.weight.square().sum())", "l2/sum of tensor:net.fc.weight"],
    ["sum(p.data.norm(2) for p in net.parameters())", "l2/sum of model:net behind .data"],
    ["float(net.fc.weight.abs().sum())", "l1/sum of tensor:net.fc.weight behind float()"],
    [
      "sum(w.pow(2).sum() for w in net.state_dict().values())",
      "l2squared/sum of model:net behind .state_dict()",
    ],
    ["np.abs(w).sum()", "l1/sum of tensor:w"],
    ["np.linalg.norm(w)", "l2/sum of tensor:w"],
    ["np.linalg.norm(w, ord=1)", "l1/sum of tensor:w"],
    ["np.linalg.norm(theta[1:]) ** 2", "l2squared/sum of tensor:theta[1:]"],
    ["w @ w", "l2squared/sum of tensor:w"],
    ["w.T @ w", "l2squared/sum of tensor:w"],
    ["np.dot(self.w, self.w)", "l2squared/sum of tensor:self.w"],
    [
      "tf.add_n([tf.nn.l2_loss(v) for v in model.trainable_variables])",
      "l2squared/sum of model:model x0.5",
    ],
    ["tf.reduce_sum(tf.square(layer.kernel))", "l2squared/sum of tensor:layer.kernel"],
    [
      "sum(jnp.sum(jnp.square(x)) for x in jax.tree_util.tree_leaves(params))",
      "l2squared/sum of model:params",
    ],
    [
      "jax.tree_util.tree_reduce(lambda a, x: a + jnp.abs(x).sum(), params, 0.0)",
      "l1/sum of model:params",
    ],
    ["optax.global_norm(params)", "l2/sum of model:params"],
  ])("%s", (code, norm) => expect(norms(`reg = ${code}\n`)).toEqual([norm]));

  test.each([
    ["a data loss", "reg = ((out - y) ** 2).mean()"],
    ["gradients", "total = sum(p.grad.norm() for p in net.parameters())"],
    [
      "a distance to other weights",
      "ewc = sum(((p - old[n]) ** 2).sum() for n, p in net.named_parameters())",
    ],
    [
      "weights that are weighed",
      "ewc = sum((fisher[n] * p ** 2).sum() for n, p in net.named_parameters())",
    ],
    ["the number of parameters", "n = sum(p.numel() for p in net.parameters())"],
    ["half-typed code", "reg = sum(p.pow(2).sum() for p in"],
    ["rows of weights", "norms = net.fc.weight.norm(dim=1)"],
    ["a softmax that is called w", "w = torch.softmax(scores, 0)\nreg = w.sum()"],
  ])("not %s", (_name, code) => expect(norms(`${code}\n`)).toEqual([]));
});

test("penaltyFacts tells names, coefficients and the loop", () => {
  const text = [
    "def l2(net, lam):",
    "    total = 0",
    "    for p in net.parameters():",
    "        total += lam * p.pow(2).sum()",
    "    return total",
    "def lasso(w):",
    "    return 0.5 * abs(w).sum()",
    "",
  ].join("\n");
  const facts = factsOf(penaltyFacts, text).map(({ names, term, loop, function: owner }) => ({
    names,
    factors: term.factors.map(({ span }) => text.slice(span.start, span.end)),
    isInLoop: loop !== undefined,
    owner: owner?.name,
  }));
  expect(facts).toEqual([
    { names: ["total"], factors: ["lam"], isInLoop: true, owner: "l2" },
    { names: ["lasso"], factors: ["0.5"], isInLoop: false, owner: "lasso" },
  ]);
});
