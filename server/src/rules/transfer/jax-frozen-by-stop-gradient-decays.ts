import { defineRule, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { OptimizerFact } from "../../facts/optimizer.ts";
import { knownNumber } from "../../semantics/call-arguments.ts";
import { decaysAll, partitionsParameters } from "../../semantics/jax-decay.ts";
import { programIndex } from "../../semantics/program-index.ts";
import type { PythonProgram } from "../../semantics/python-program.ts";

export const jaxFrozenByStopGradientDecays = defineRule({
  code: "NL802",
  name: "jax-frozen-by-stop-gradient-decays",
  family: "transfer",
  severity: "error",
  preview: false,
  mentions: [["stop_gradient"], ["optax"]],
  on: "stoppedSubtree",
  docs: {
    language: "python",
    what: "Finds a part of the parameters that is frozen by `stop_gradient` while optax decays all parameters.",
    why: "In JAX a stopped gradient is 0, not missing: the optimizer goes over these parameters as over all others, and decay shrinks them at every step. After 1/(lr·λ) steps the frozen part has lost two thirds of its size.",
    bad: [
      "import jax",
      "import optax",
      "from jax import lax",
      "",
      "def loss(params, x, y):",
      '    return net(lax.stop_gradient(params["backbone"]), params["head"], x, y)',
      "",
      "tx = optax.adamw(1e-3, weight_decay=1e-2)",
      "state = tx.init(params)",
      "",
    ].join("\n"),
    good: [
      "import jax",
      "import optax",
      "from jax import lax",
      "",
      "def loss(params, x, y):",
      '    return net(lax.stop_gradient(params["backbone"]), params["head"], x, y)',
      "",
      'tx = optax.multi_transform({"train": optax.adamw(1e-3, weight_decay=1e-2), "freeze": optax.set_to_zero()}, {"backbone": "freeze", "head": "train"})',
      "state = tx.init(params)",
      "",
    ].join("\n"),
    limits:
      "Knows a part by a literal key of `params`, `p`, `theta`, `variables` or `weights`. Silent where the part is also used without `stop_gradient`, where only a part is given to the optimizer, and where `multi_transform`, `masked` or `set_to_zero` may leave it out.",
    references: ["https://optax.readthedocs.io/en/latest/api/combining_optimizers.html"],
  },

  *check(subtree, context) {
    const { key, program, span } = subtree;
    if (context.facts("stoppedSubtree").find((other) => other.key === key) !== subtree) return;
    if (partitionsParameters(program) || trainsSubtree(program)) return;
    const optimizer = decayingOptimizer(context);
    if (optimizer === undefined) return;
    yield {
      span,
      message: `\`${key}\` gets a gradient of 0, but \`${optimizer.name}\` still decays it at every step by ${knownNumber(optimizer.weightDecay)?.value ?? "its default"} times the learning rate.`,
      related: [{ span: optimizer.span, message: "Decays all parameters." }],
      fixes: freezeFix(optimizer, key),
    };
  },
});

function decayingOptimizer({ facts }: RuleContext): OptimizerFact | undefined {
  const all = facts("optimizer").filter(({ framework }) => framework === "optax");
  const [only, ...others] = all;
  // With several it is not said which of them gets these parameters.
  if (only === undefined || others.length > 0 || !decaysAll(only)) return undefined;
  const decay = knownNumber(only.weightDecay)?.value;
  const isDefault = only.weightDecay.kind === "absent" && (only.decayDefault ?? 0) > 0;
  return isDefault || (decay !== undefined && decay > 0) ? only : undefined;
}

/** `tx.init(params["head"])`: the optimizer sees a part only. */
function trainsSubtree(program: PythonProgram): boolean {
  return programIndex(program).calls.some(({ call, name }) => {
    const [first] = call.arguments;
    return name === "init" && first?.value.kind === "subscript";
  });
}

function freezeFix({ call, program, addedDecay }: OptimizerFact, key: string): readonly Fix[] {
  if (call === undefined || addedDecay !== undefined || call.callee.kind !== "attribute") return [];
  const { text } = program.module;
  const { start, end } = call.span;
  const optax = text.slice(call.callee.value.span.start, call.callee.value.span.end);
  const labels = `lambda ps: {k: "freeze" if k == "${key}" else "train" for k in ps}`;
  const parts = `{"train": ${text.slice(start, end)}, "freeze": ${optax}.set_to_zero()}`;
  return [
    {
      title: `Leave \`${key}\` out with \`multi_transform\``,
      safety: "unsafe",
      edits: [{ span: call.span, newText: `${optax}.multi_transform(${parts}, ${labels})` }],
    },
  ];
}
