import { defineRule, type Fix } from "../../engine/rule.ts";
import type { OptimizerFact } from "../../facts/optimizer.ts";
import { removeArgument, siblingCallee } from "../../semantics/insertions.ts";
import type { Argument } from "../../syntax/python/ast.ts";

export const weightDecayKwUnsupported = defineRule({
  code: "NL506",
  name: "weight-decay-kw-unsupported",
  family: "optimizer",
  severity: "error",
  preview: false,
  mentions: [
    ["weight_decay", "weightdecay"],
    ["lbfgs", "sparseadam", "rprop", "optax", "legacy", "train."],
  ],
  on: "optimizer",
  docs: {
    language: "python",
    what: "Finds `weight_decay=` given to an optimizer that does not take it: torch's LBFGS, SparseAdam and Rprop, optax's aliases without decay such as `adam` and `sgd`, Keras's legacy optimizers, and all of TensorFlow.js.",
    why: "The call raises a TypeError, often only after the data has been loaded and the model built; in TensorFlow.js it trains to NaN. These optimizers have no weight decay; a penalty in the loss, or a relative with decay, does what was meant.",
    bad: [
      "from torch import optim",
      "",
      "opt = optim.LBFGS(net.parameters(), lr=0.1, weight_decay=1e-4)",
      "",
    ].join("\n"),
    good: ["from torch import optim", "", "opt = optim.LBFGS(net.parameters(), lr=0.1)", ""].join(
      "\n",
    ),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const opt = tf.train.adam(1e-3, { weightDecay: 1e-4 });",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const opt = tf.train.adam(1e-3);",
        "",
      ].join("\n"),
    },
    limits: "Judges only classes of these libraries, never one of the same name from elsewhere.",
    references: [
      "PyTorch manual, torch.optim.LBFGS, SparseAdam and Rprop",
      "optax manual, Optimizers",
    ],
  },

  *check(optimizer) {
    const { call } = optimizer;
    const argument = call?.arguments.find((given) => given.name === "weight_decay");
    const own = optimizer.addedDecay === undefined ? optimizer.coupling : "none";
    if (argument === undefined || (own !== "none" && own !== "unknown")) return;
    if (!hasNoDecay(optimizer)) return;
    yield {
      span: argument.span,
      message: messageOf(optimizer),
      fixes: fixesOf(optimizer, argument),
    };
  },
});

/** Classes whose coupling the call itself may set do have a weight decay. */
const hasNoDecay = ({ qualifiedName, framework }: OptimizerFact) =>
  /\.(?:LBFGS|SparseAdam|Rprop)$/.test(qualifiedName) ||
  qualifiedName.startsWith("keras.optimizers.legacy.") ||
  framework === "optax" ||
  framework === "tfjs";

function messageOf({ name, framework }: OptimizerFact): string {
  return framework === "tfjs"
    ? `\`tf.train.${name}\` takes numbers one by one and no \`weightDecay\`: this object is read as a number, and the weights become NaN.`
    : `\`${name}\` takes no \`weight_decay\`: this call raises a TypeError.`;
}

/** Relatives that take the same arguments and `weight_decay` with them. */
const RELATIVES: Readonly<Record<string, string>> = {
  adam: "adamw",
  adamax: "adamaxw",
  nadam: "nadamw",
};

function fixesOf({ call, name, framework, program }: OptimizerFact, argument: Argument): Fix[] {
  if (call === undefined || framework === "tfjs") return [];
  const remove: Fix = {
    title: "Remove `weight_decay`",
    safety: "suggestion",
    edits: [removeArgument(call, argument, program.module.text)],
  };
  const relative = framework === "optax" ? RELATIVES[name] : undefined;
  const edits = relative === undefined ? undefined : siblingCallee(call, relative, program);
  return edits === undefined
    ? [remove]
    : [{ title: `Use \`${relative}\``, safety: "suggestion", edits }, remove];
}
