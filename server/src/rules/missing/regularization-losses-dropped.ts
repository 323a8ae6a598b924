import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import type { RegularizerFact } from "../../facts/regularizer.ts";
import { modelParts, modelView } from "../../semantics/model-view.ts";
import { type CallSite, lastName, programIndex } from "../../semantics/program-index.ts";
import type { PythonProgram } from "../../semantics/python-program.ts";
import { statementTree } from "../../semantics/statement-tree.ts";
import { isPenalty } from "../../semantics/training-term.ts";
import type { Expression, FunctionStatement, Statement } from "../../syntax/python/ast.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";
import { expressionsIn, ownExpressions } from "../../syntax/python/walk.ts";

export const regularizationLossesDropped = defineRule({
  code: "NL105",
  name: "regularization-losses-dropped",
  family: "missing",
  severity: "error",
  preview: false,
  mentions: [
    [
      "_regularizer",
      "kernelregularizer",
      "recurrentregularizer",
      "biasregularizer",
      "activityregularizer",
      "depthwiseregularizer",
      "pointwiseregularizer",
    ],
    ["gradienttape", "minimize(", "variablegrads"],
  ],
  on: "objective",
  docs: {
    what: "Finds a training loop with `GradientTape` whose loss leaves out the penalties that the layers of the model were built with.",
    why: "Keras collects the penalties of `kernel_regularizer` and its kin in `model.losses`; only `fit` adds them by itself. In a loop of one's own they have no effect until they are added to the loss.",
    bad: [
      "import tensorflow as tf",
      "",
      'model = tf.keras.Sequential([tf.keras.layers.Dense(10, kernel_regularizer="l2")])',
      "loss_fn = tf.keras.losses.MeanSquaredError()",
      "",
      "def step(x, y, optimizer):",
      "    with tf.GradientTape() as tape:",
      "        loss = loss_fn(y, model(x, training=True))",
      "    gradients = tape.gradient(loss, model.trainable_variables)",
      "    optimizer.apply_gradients(zip(gradients, model.trainable_variables))",
      "",
    ].join("\n"),
    good: [
      "import tensorflow as tf",
      "",
      'model = tf.keras.Sequential([tf.keras.layers.Dense(10, kernel_regularizer="l2")])',
      "loss_fn = tf.keras.losses.MeanSquaredError()",
      "",
      "def step(x, y, optimizer):",
      "    with tf.GradientTape() as tape:",
      "        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)",
      "    gradients = tape.gradient(loss, model.trainable_variables)",
      "    optimizer.apply_gradients(zip(gradients, model.trainable_variables))",
      "",
    ].join("\n"),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const model = tf.sequential();",
        "const l2 = tf.regularizers.l2({ l2: 1e-4 });",
        "model.add(tf.layers.dense({ units: 10, inputShape: [64], kernelRegularizer: l2 }));",
        "",
        "const step = (x, y, optimizer) =>",
        "  optimizer.minimize(() => {",
        "    const loss = tf.losses.meanSquaredError(y, model.apply(x));",
        "    return loss;",
        "  });",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const model = tf.sequential();",
        "const l2 = tf.regularizers.l2({ l2: 1e-4 });",
        "model.add(tf.layers.dense({ units: 10, inputShape: [64], kernelRegularizer: l2 }));",
        "",
        "const step = (x, y, optimizer) =>",
        "  optimizer.minimize(() => {",
        "    const loss = tf.losses.meanSquaredError(y, model.apply(x));",
        "    return tf.addN([loss, ...model.calculateLosses()]);",
        "  });",
        "",
      ].join("\n"),
    },
    language: "python",
    limits:
      "The model must be built in the same file. A file that reads `.losses` anywhere, calls `compute_loss`, or trains with `fit` outside of a `train_step` is left alone.",
    references: [
      "https://keras.io/guides/writing_a_custom_training_loop_in_tensorflow/",
      "https://keras.io/api/layers/regularizers/",
    ],
  },

  *check(fact, context) {
    const { program, sink, terms, root } = fact;
    if (sink !== "gradient" || isCollected(fact)) return;
    if (terms.some((term) => isPenalty(term) && term.content.norm.source !== "computed")) return;
    const penalties = context.facts("regularizer").filter(({ form }) => form === "layer penalty");
    const [trained] = trainedModels(fact).filter((site) =>
      penalties.some((penalty) => isPartOf(penalty, site, program)),
    );
    const penalty = penalties.find((item) => trained && isPartOf(item, trained, program));
    if (trained === undefined || penalty === undefined) return;
    const model = sourceOf(trained.model, program.module);
    const losses = program.language === "javascript" ? "calculateLosses()" : "losses";
    yield {
      span: root.span,
      message: `This loss leaves out \`${model}.${losses}\`, the penalties that the layers were built with.`,
      related: [{ span: penalty.span, message: "This penalty has no effect in the loop." }],
      fixes: fixesOf(fact, model),
    };
  },
});

/** True where the penalties are read, or something that adds them is called. */
function isCollected({ program, site }: ObjectiveFact): boolean {
  const { calls, statements } = programIndex(program);
  const isInStep = site.within.some(({ name }) => name === "train_step");
  const adds = calls.some(
    ({ name }) =>
      name === "get_regularization_loss" ||
      name === "get_regularization_losses" ||
      name === "compute_loss" ||
      name === "calculateLosses" ||
      name === "add_loss" ||
      (name === "fit" && !isInStep),
  );
  return (
    adds ||
    statements.some(({ statement }) =>
      ownExpressions(statement).some((node) =>
        [...expressionsIn(node)].some(
          (part) =>
            part.kind === "attribute" &&
            part.attribute === "losses" &&
            program.qualifiedName(part) === undefined,
        ),
      ),
    )
  );
}

interface TrainedModel {
  readonly model: Expression;
  readonly site: CallSite;
}

/** Calls of models inside of the tapes of the same function. */
function trainedModels(fact: ObjectiveFact): readonly TrainedModel[] {
  const { program, site } = fact;
  if (program.language === "javascript") return appliedModels(fact);
  const tree = statementTree(program);
  const scope = tree.scopeOf(site.statement);
  const tapes = programIndex(program).statements.filter(
    ({ statement }) =>
      statement.kind === "with" &&
      tree.scopeOf(statement) === scope &&
      statement.items.some(({ context }) => isTape(context, program)),
  );
  return programIndex(program)
    .calls.filter(
      ({ statement, qualifiedName, call }) =>
        qualifiedName === undefined &&
        (call.callee.kind === "name" || call.callee.kind === "attribute") &&
        tapes.some((tape) => tree.isIn(statement, tape.statement)),
    )
    .map((called) => ({ model: called.call.callee, site: called }));
}

/** `model.apply(x)` in the function whose result TensorFlow.js minimises. */
function appliedModels({ program, site, root }: ObjectiveFact): readonly TrainedModel[] {
  const owner = site.within.at(-1);
  return programIndex(program).calls.flatMap((called) => {
    const { callee, span } = called.call;
    const isInside =
      called.within.at(-1) === owner ||
      (root.span.start <= span.start && span.end <= root.span.end);
    const isApplied = callee.kind === "attribute" && /^(?:apply|predict)$/.test(callee.attribute);
    return isInside && isApplied ? [{ model: callee.value, site: called }] : [];
  });
}

const isTape = (context: Expression, program: PythonProgram): boolean =>
  context.kind === "call" &&
  (program.qualifiedName(context.callee) === "tensorflow.GradientTape" ||
    lastName(context.callee) === "GradientTape");

/** True where the penalised layer belongs to the model that is called. */
function isPartOf(
  penalty: RegularizerFact,
  { model, site }: TrainedModel,
  program: PythonProgram,
): boolean {
  const view = modelView(model, site.within, program);
  const isIn = ({ span }: { readonly span: RegularizerFact["span"] }) =>
    span.start <= penalty.span.start && span.end >= penalty.span.end;
  if (view.kind === "classes") return view.classes.some(isIn);
  if (view.kind !== "built") return false;
  const builder = builderOf(view.call.callee, program);
  if (builder !== undefined) return isIn(builder);
  const home = programIndex(program).calls.find(({ call }) => call === view.call);
  // `keras.Model(inputs, outputs)`: the layers stand in the statements before it.
  const made = program.qualifiedName(view.call.callee) ?? lastName(view.call.callee) ?? "";
  const isFunctional = /(?:^|\.)Model$/.test(made) && home !== undefined;
  const scope = home && statementTree(program).scopeOf(home.statement);
  const isHere = scope === undefined ? penalty.owner === undefined : isIn(scope);
  return modelParts(view.call, program).some(isIn) || (isFunctional && isHere);
}

function builderOf(callee: Expression, program: PythonProgram): FunctionStatement | undefined {
  const definition = callee.kind === "name" ? program.definition(callee) : undefined;
  const statement: Statement | undefined =
    definition?.kind === "defined" ? definition.statement : undefined;
  return statement?.kind === "function" ? statement : undefined;
}

/** After the last statement that gives the loss its value, so that the tape records the sum. */
function fixesOf({ terms, root, program }: ObjectiveFact, model: string): readonly Fix[] {
  const last = terms.at(-1)?.statement;
  if (program.language === "javascript") return [];
  if (root.kind !== "name" || last?.kind !== "assign" || last.value === undefined) return [];
  const [target] = last.targets;
  if (target?.kind !== "name" || target.id !== root.id) return [];
  const { start, end } = last.value.span;
  const isClosed = program.module.text.slice(end, last.span.end).trim() === "";
  const isSum = last.value.kind === "binary" || last.value.kind === "call";
  if (!isClosed || !isSum || start === end) return [];
  const edits = [{ span: { start: end, end }, newText: ` + sum(${model}.losses)` }];
  return [{ title: `Add \`${model}.losses\` to the loss`, safety: "unsafe", edits }];
}
