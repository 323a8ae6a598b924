import type { Span } from "../../../core/protocol/span.ts";
import type { LintDocument } from "../engine/document.ts";
import type { Home } from "../project/imported-definition.ts";
import { constantNumber } from "../semantics/call-arguments.ts";
import { builtBy, compiledModel } from "../semantics/compiled-model.ts";
import { importedRegularizers, modelElsewhere } from "../semantics/model-elsewhere.ts";
import { type ModelView, modelView, weightLayers } from "../semantics/model-view.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { trainingDomain } from "../semantics/training-domain.ts";
import {
  isTestPath,
  trainsModels,
  trainsOnToyData,
  trainsPartOfModel,
} from "../semantics/training-setup.ts";
import type { CallExpression, ClassStatement, Expression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { type Extractor, isCode } from "./extractor.ts";
import { type OptimizerFact, optimizerFacts } from "./optimizer.ts";
import { type RegularizerFact, regularizersOf } from "./regularizer.ts";

/** A supervised model that an optimizer without weight decay is about to train. */
export interface TrainingFact {
  readonly kind: "training";
  readonly program: PythonProgram;
  readonly optimizer: OptimizerFact;
  /** The trained model as written, `undefined` where the optimizer does not name one. */
  readonly model: Expression | undefined;
  readonly view: ModelView;
  /** The document that the nodes of the view and its layers are of. */
  readonly modelHome: Home;
  /** True where that is another file of the workspace. */
  readonly isModelElsewhere: boolean;
  /** What keeps this model from memorising, in source order. */
  readonly regularizers: readonly RegularizerFact[];
  /** The same inside a model of another file. */
  readonly modelRegularizers: readonly RegularizerFact[];
  /** True where only a file that this one imports regularizes something: data, a loss, a model. */
  readonly isRegularizedElsewhere: boolean;
  /** Layers with weights in source order, `undefined` where they are not in sight. */
  readonly weightLayers: readonly CallExpression[] | undefined;
  readonly isToyData: boolean;
}

/**
 * Trainings whose optimizer leaves weight decay at a default of zero. None where the user decided
 * (a decay is given, or may be), where decay means something else (reinforcement learning, GANs,
 * …), in tests, and where only part of a model is trained.
 */
export const trainingFacts: Extractor<TrainingFact> = {
  kind: "training",
  languages: ["python", "javascript"],
  extract(syntax, document) {
    if (!isCode(syntax)) return [];
    const { program } = syntax;
    const undecided = optimizerFacts.extract(syntax, document).filter(isUndecided);
    if (undecided.length === 0 || isOutOfScope(program, document)) return [];
    const home = { program, path: document.path, project: document.project };
    return undecided.flatMap((optimizer) => trainingOf(optimizer, home) ?? []);
  },
};

/** Libraries whose defaults and ways to give a decay are known well enough to recommend one. */
const JUDGED = /^(?:torch\.optim|keras\.optimizers(?!\.legacy)|optax|tfjs\.train)\./;
/** There decay is something to put beside the optimizer. */
const WITHOUT_DECAY: ReadonlySet<string> = new Set(["optax", "tfjs"]);

function isUndecided(optimizer: OptimizerFact): boolean {
  if (!JUDGED.test(optimizer.qualifiedName)) return false;
  const hasDecay = optimizer.coupling !== "none" || WITHOUT_DECAY.has(optimizer.framework);
  return (
    hasDecay &&
    optimizer.decayDefault === 0 &&
    optimizer.weightDecay.kind === "absent" &&
    !optimizer.hasSplat
  );
}

function isOutOfScope(program: PythonProgram, document: LintDocument): boolean {
  const { strings, calls } = programIndex(program);
  return (
    isTestPath(document.path) ||
    !trainsModels(program) ||
    // Parameter groups are given or changed by hand.
    strings.has("weight_decay") ||
    calls.some(({ qualifiedName }) => qualifiedName === "optax.add_decayed_weights") ||
    trainsPartOfModel(program) ||
    trainingDomain(program) !== "supervised"
  );
}

function trainingOf(optimizer: OptimizerFact, home: Home): TrainingFact | undefined {
  const { program } = home;
  const model = trainedModel(optimizer, program);
  if (optimizer.framework === "torch" && model === undefined) return undefined;
  const place = { home, around: optimizer.site.within };
  const elsewhere = model === undefined ? undefined : modelElsewhere(model, place);
  const modelHome = elsewhere?.home ?? home;
  if (trainingDomain(modelHome.program) !== "supervised") return undefined;
  const view = elsewhere?.view ?? viewOfTrained(optimizer, model, program);
  const layers = weightLayers(view, modelHome.program);
  if (layers !== undefined && isLine(layers, modelHome.program)) return undefined;
  const concerning = (regularizers: readonly RegularizerFact[]) =>
    regularizers.filter(
      (regularizer) =>
        concerns(regularizer.owner, view) && !isInOtherModel(regularizer, view, modelHome.program),
    );
  const regularizers = concerning(regularizersOf(program));
  const modelRegularizers =
    elsewhere === undefined ? [] : concerning(regularizersOf(modelHome.program));
  const hasNone = regularizers.length === 0 && modelRegularizers.length === 0;
  return {
    kind: "training",
    program,
    optimizer,
    model,
    view,
    modelHome,
    isModelElsewhere: elsewhere !== undefined,
    regularizers,
    modelRegularizers,
    isRegularizedElsewhere: hasNone && importedRegularizers(home).length > 0,
    weightLayers: layers,
    isToyData: trainsOnToyData(program),
  };
}

/** The expression whose `.parameters()` are trained; `undefined` for chosen or several ones. */
function trainedModel(optimizer: OptimizerFact, program: PythonProgram): Expression | undefined {
  const { framework } = optimizer;
  if (framework === "keras" || framework === "tfjs") return compiledModel(optimizer, program);
  if (optimizer.parameters === undefined) return undefined;
  const parameters = definedAs(optimizer.parameters, program);
  if (parameters.kind !== "call" || parameters.callee.kind !== "attribute") return undefined;
  if (parameters.callee.attribute !== "parameters") return undefined;
  const model = parameters.callee.value;
  // `net.head.parameters()` trains a part; `self.net.parameters()` trains the whole.
  const isPart =
    model.kind === "attribute" && !(model.value.kind === "name" && model.value.id === "self");
  return isPart ? undefined : model;
}

function definedAs(node: Expression, program: PythonProgram): Expression {
  const value = builtBy(node, program);
  const callee = value.kind === "call" && value.callee.kind === "name" ? value.callee.id : "";
  const [only] = value.kind === "call" ? value.arguments : [];
  return callee === "list" && only !== undefined ? only.value : value;
}

function viewOfTrained(
  optimizer: OptimizerFact,
  model: Expression | undefined,
  program: PythonProgram,
): ModelView {
  if (model !== undefined) return modelView(model, optimizer.site.within, program);
  return { kind: "unknown" };
}

/** A straight line has two parameters: nothing that could be memorised. */
function isLine(layers: readonly CallExpression[], program: PythonProgram): boolean {
  const [only, ...others] = layers;
  if (only === undefined || others.length > 0) return false;
  const sizes = only.arguments
    .slice(0, 2)
    .map(({ value }) =>
      value.kind === "list" && value.elements.length === 1 ? value.elements[0] : value,
    )
    .map((value) => value && constantNumber(value, program));
  return sizes.length === 2 && sizes.every((size) => size === 1);
}

/** A regularizer in the class of another model says nothing about this one. */
function concerns(owner: ClassStatement | undefined, view: ModelView): boolean {
  if (owner === undefined || view.kind !== "classes" || view.classes.includes(owner)) return true;
  const isModel = owner.body.some(
    (statement) =>
      statement.kind === "function" && ["forward", "call", "__call__"].includes(statement.name),
  );
  return !isModel;
}

const STACK = /^(?:keras(?:\.models)?|torch\.nn)\.Sequential$/;
const LAYER = /^(?:keras\.layers|torch\.nn)\.[A-Z]/;
const ADDING = /^(?:add|append|insert|extend|add_module)$/;

/** A layer outside of the trained stack, as in a notebook that builds model after model. */
function isInOtherModel(
  { span }: RegularizerFact,
  view: ModelView,
  program: PythonProgram,
): boolean {
  const parts = view.kind === "built" ? partsOfStack(view.call, program) : undefined;
  if (parts === undefined || parts.some((part) => holds(part, span))) return false;
  const around = programIndex(program).calls.filter(({ call }) => holds(call.span, span));
  return (
    around.some(({ qualifiedName }) => LAYER.test(qualifiedName ?? "")) &&
    !around.some(({ name }) => ADDING.test(name ?? ""))
  );
}

/** Where a stack and the layers that it names are built; `undefined` where a part is not in sight. */
function partsOfStack(stack: CallExpression, program: PythonProgram): Span[] | undefined {
  if (!STACK.test(program.qualifiedName(stack.callee) ?? "")) return undefined;
  const parts = [stack.span];
  for (const node of expressionsIn(stack)) {
    if (node.kind !== "name" || program.qualifiedName(node) !== undefined) continue;
    const definition = program.definition(node);
    if (definition?.kind !== "assigned") return undefined;
    const { value } = definition;
    if (["list", "name"].includes(value.kind)) return undefined;
    if (value.kind !== "call") continue;
    const name = program.qualifiedName(value.callee) ?? "";
    if (!LAYER.test(name) || STACK.test(name)) return undefined;
    parts.push(value.span);
  }
  return parts;
}

const holds = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;
