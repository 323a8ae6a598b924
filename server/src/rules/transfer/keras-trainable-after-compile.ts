import { defineRule, type Fix } from "../../engine/rule.ts";
import type { LateTrainableFact } from "../../facts/late-trainable.ts";
import { indentOf } from "../../semantics/dropout-edits.ts";
import { endOf } from "../../semantics/insertions.ts";

export const kerasTrainableAfterCompile = defineRule({
  code: "NL805",
  name: "keras-trainable-after-compile",
  family: "transfer",
  severity: "warning",
  preview: true,
  mentions: [[".trainable"], ["compile"], ["fit"]],
  on: "lateTrainable",
  docs: {
    language: "python",
    what: "Finds a Keras model whose layers are frozen or unfrozen between two `fit` calls, without compiling again.",
    why: "The first `fit` builds the training step from what is trainable then, and later ones run it again: only `compile` throws it away. The layers that you meant to fine-tune stay as they were, or the ones you meant to freeze go on training.",
    bad: [
      "import keras",
      "",
      "base = keras.applications.ResNet50(include_top=False)",
      "model = keras.Sequential([base, keras.layers.Dense(10)])",
      "base.trainable = False",
      'model.compile("adamw", "mse")',
      "model.fit(ds)",
      "base.trainable = True",
      "model.fit(ds)",
      "",
    ].join("\n"),
    good: [
      "import keras",
      "",
      "base = keras.applications.ResNet50(include_top=False)",
      "model = keras.Sequential([base, keras.layers.Dense(10)])",
      "base.trainable = False",
      'model.compile("adamw", "mse")',
      "model.fit(ds)",
      "base.trainable = True",
      'model.compile("adamw", "mse")',
      "model.fit(ds)",
      "",
    ].join("\n"),
    limits:
      "Follows one function or the module itself, where the changed layer is the model or was handed to something before it was compiled. Silent when anything is compiled between the change and the next `fit`, and for a change before the first `fit`, which sees it. Keras on PyTorch without compilation asks for the trainable weights anew at every step.",
    references: ["https://keras.io/guides/transfer_learning/"],
  },

  *check(fact, { facts }) {
    const first = facts("lateTrainable").find(({ compile }) => compile.call === fact.compile.call);
    if (first !== fact) return;
    const { program, target, span, compile } = fact;
    const text = program.module.text.slice(target.span.start, target.span.end);
    yield {
      span,
      message: `\`${text}\` changes after the model was compiled and fitted: the next \`fit\` still trains what was trainable then.`,
      related: [{ span: compile.call.callee.span, message: "Compiled here." }],
      fixes: compileAgainFix(fact, facts("lateTrainable")),
    };
  },
});

/** Copies the compilation behind the last of the changes. */
function compileAgainFix(
  { compile, program }: LateTrainableFact,
  all: readonly LateTrainableFact[],
): readonly Fix[] {
  const last = all.findLast((other) => other.compile.call === compile.call);
  const { text } = program.module;
  const indent = last && indentOf(last.statement.span.start, program);
  if (last === undefined || indent === undefined) return [];
  const at = endOf(last.statement);
  const copy = text.slice(compile.call.span.start, compile.call.span.end);
  return [
    {
      title: "Compile again after the change",
      safety: "suggestion",
      edits: [{ span: { start: at, end: at }, newText: `\n${indent}${copy}` }],
    },
  ];
}
