import type { LintDocument } from "../engine/document.ts";
import type { Home } from "../project/imported-definition.ts";
import { builtBy, compiledModel } from "../semantics/compiled-model.ts";
import {
  concerningRegularizers,
  creditedRegularizers,
} from "../semantics/credited-regularizers.ts";
import { hasNothingToMemorise } from "../semantics/few-weights.ts";
import { importedRegularizers, modelElsewhere } from "../semantics/model-elsewhere.ts";
import { type ModelView, modelView, weightLayers } from "../semantics/model-view.ts";
import { OPTIMIZER_WORDS } from "../semantics/optimizer-classes.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { trainingDomain } from "../semantics/training-domain.ts";
import {
  isDemonstration,
  isTestPath,
  trainsModels,
  trainsOnToyData,
  trainsPartOfModel,
} from "../semantics/training-setup.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
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
  /** Those of both that surely work in this training. */
  readonly credited: readonly RegularizerFact[];
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
  pythonMentions: [OPTIMIZER_WORDS],
  extract(syntax, document) {
    if (!isCode(syntax)) return [];
    const { program } = syntax;
    const optimizers = optimizerFacts.extract(syntax, document);
    const undecided = optimizers.filter(isUndecided);
    // Whoever gives one optimizer a decay has decided about the other.
    const isDecided = optimizers.some(({ weightDecay }) => weightDecay.kind !== "absent");
    if (undecided.length === 0 || isDecided || isOutOfScope(program, document)) return [];
    const home = { program, path: document.path, project: document.project };
    const models = modelsOf(optimizers, program);
    return undecided.flatMap((optimizer) => trainingOf(optimizer, home, models) ?? []);
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

/** The models that a document trains. */
type Models = Pick<Parameters<typeof creditedRegularizers>[1], "beginnings" | "isOnlyModel">;

function modelsOf(optimizers: readonly OptimizerFact[], program: PythonProgram): Models {
  const models = optimizers.flatMap((optimizer) => {
    const model = trainedModel(optimizer, program);
    if (model === undefined) return [];
    const view = viewOfTrained(optimizer, model, program);
    const made = view.kind === "built" ? view.call : builtBy(model, program);
    const identity = view.kind === "classes" ? view.classes[0] : made;
    return [
      {
        identity: identity?.kind === "name" ? identity.id : identity,
        // Of a model that comes from elsewhere, all that is known is where it is trained.
        beginning: (made.kind === "call" ? made : optimizer).span.start,
      },
    ];
  });
  return {
    beginnings: models.map(({ beginning }) => beginning),
    isOnlyModel: new Set(models.map(({ identity }) => identity)).size < 2,
  };
}

function trainingOf(
  optimizer: OptimizerFact,
  home: Home,
  models: Models,
): TrainingFact | undefined {
  const { program } = home;
  const model = trainedModel(optimizer, program);
  if (optimizer.framework === "torch" && model === undefined) return undefined;
  const place = { home, around: optimizer.site.within };
  const elsewhere = model === undefined ? undefined : modelElsewhere(model, place);
  const modelHome = elsewhere?.home ?? home;
  if (trainingDomain(modelHome.program) !== "supervised") return undefined;
  const view = elsewhere?.view ?? viewOfTrained(optimizer, model, program);
  const layers = weightLayers(view, modelHome.program);
  if (isDemonstration(view, modelHome.program)) return undefined;
  if (hasNothingToMemorise(view, layers, modelHome.program)) return undefined;
  const concerning = (regularizers: readonly RegularizerFact[]) =>
    concerningRegularizers(regularizers, view, modelHome.program);
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
    credited: creditedRegularizers([...regularizers, ...modelRegularizers], {
      view: elsewhere === undefined ? view : { kind: "unknown" },
      program,
      ...models,
    }),
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
