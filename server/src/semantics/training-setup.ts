import type { Expression } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { wordsOf } from "./identifier-words.ts";
import type { ModelView } from "./model-view.ts";
import { type CallSite, programIndex, type Site } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** What a text mentions that builds an optimizer, and what it mentions that trains with it. */
export const TRAINING_MENTIONS: readonly (readonly string[])[] = [
  ["optim", "optax", "keras"],
  ["backward", "\bfit\b", "train_on_batch", "loss", "grad", "training_step", "optimizers"],
];

/** Signs that a document trains: steps of a loop, `fit`, or a loss that is set up for one. */
export function trainsModels(program: PythonProgram): boolean {
  const { calls, statements } = programIndex(program);
  const isStep = ({ name, qualifiedName }: CallSite) =>
    name === "backward" ||
    name === "fit" ||
    name === "fitDataset" ||
    name === "train_on_batch" ||
    /^(?:torch\.nn\.\w*Loss|jax\.(?:value_and_)?grad|tensorflow\.GradientTape)$/.test(
      qualifiedName ?? "",
    );
  return (
    calls.some(isStep) ||
    statements.some(
      ({ statement }) =>
        statement.kind === "function" &&
        (statement.name === "training_step" || statement.name === "configure_optimizers"),
    )
  );
}

const isFalse = (node: Expression | undefined) => node?.kind === "constant" && node.value === false;

/** True where parts of a model are frozen or only adapters are trained. */
export function trainsPartOfModel(program: PythonProgram): boolean {
  const { calls, statements, ids } = programIndex(program);
  const isFrozen = statements.some(
    ({ statement }) =>
      statement.kind === "assign" &&
      isFalse(statement.value) &&
      statement.targets.some(
        (target) =>
          target.kind === "attribute" &&
          (target.attribute === "requires_grad" || target.attribute === "trainable"),
      ),
  );
  const freezes = ({ call, name }: CallSite) =>
    (name === "requires_grad_" && isFalse(call.arguments[0]?.value)) || name === "get_peft_model";
  const isAdapted = [...ids].some((id) => wordsOf(id).includes("lora"));
  return isFrozen || isAdapted || calls.some(freezes);
}

const MADE_UP =
  /^(?:sklearn\.datasets\.make_\w+|torch\.(?:rand|randn|linspace)|tensorflow\.(?:random_(?:normal|uniform)|linspace)|numpy\.random\.(?:rand|randn|normal|uniform)|numpy\.linspace)$/;

const DATA_SETS =
  /^(?:torchvision|torchtext|torchaudio|keras)\.(?:\w+\.)?datasets\.|\.load_dataset$/;

/** Data sets and models that say themselves what they are. */
const TOYS = /^(?:Toy|Dummy|Fake|Mock|Random|Synthetic)\w*Data(?:set|Module)?$/;
const TOY_MODEL = /^(?:Toy|Dummy|Fake|Mock|Boring|Stub)(?:[A-Z\d]|$)/;

/**
 * True where the model or the data are a stand-in, by name or because there is nothing to learn, and
 * where samples are made as the training goes: none is seen twice.
 */
export function isDemonstration(view: ModelView, program: PythonProgram): boolean {
  const isToy = view.kind === "classes" && view.classes.some(({ name }) => TOY_MODEL.test(name));
  const { calls, statements } = programIndex(program);
  return (
    isToy ||
    calls.some(
      ({ name, qualifiedName }) =>
        TOYS.test(name ?? "") || qualifiedName === "tensorflow.data.generator",
    ) ||
    statements.some(({ statement, within }) => {
      if (statement.kind !== "assign" || statement.value === undefined) return false;
      const [target] = statement.targets;
      return (
        target?.kind === "name" &&
        TARGETS.test(target.id) &&
        isNoise(statement.value, program) &&
        !areInputsMadeOf(target.id, within.at(-1))
      );
    })
  );
}

/** A function that draws labels, makes inputs that follow them, and returns both, has a signal. */
function areInputsMadeOf(target: string, scope: Site["within"][number] | undefined): boolean {
  if (scope?.kind !== "function") return false;
  const isTarget = (node: Expression) => node.kind === "name" && node.id === target;
  const own = statementsIn(scope.body);
  const isReturned = own.some(
    (statement) =>
      statement.kind === "return" &&
      ownExpressions(statement).some((root) => expressionsIn(root).some(isTarget)),
  );
  return (
    isReturned &&
    own.some(
      (statement) =>
        statement.kind === "assign" &&
        ownExpressions(statement).some((root) =>
          expressionsIn(root).some(
            (node) => node.kind === "compare" && expressionsIn(node).some(isTarget),
          ),
        ),
    )
  );
}

const TARGETS = /^(?:y|targets?|labels?)(?:_train)?$/i;
const NOISE =
  /^(?:torch\.(?:rand|randn|randint)|tensorflow\.random[._](?:normal|uniform)|numpy\.random\.(?:rand|randn|random|normal|uniform|randint|choice))$/;

/** `torch.randn(20, 5).to(device)`: drawn at random as a whole, not a signal with noise on it. */
function isNoise(node: Expression, program: PythonProgram): boolean {
  if (node.kind !== "call") return false;
  const { callee } = node;
  if (NOISE.test(program.qualifiedName(callee) ?? "")) return true;
  return callee.kind === "attribute" && isNoise(callee.value, program);
}
const INPUTS = /^(?:x|inputs?|data|features?)(?:_train(?:_[a-z]+)?)?$/i;
const ARRAYS = /^(?:torch\.(?:tensor|Tensor|FloatTensor)|numpy\.array|tensorflow\.tensor[1-4]?d?)$/;

/** Samples that a script of TensorFlow.js makes up as it goes. */
function isGenerated({ call, name, within }: CallSite): boolean {
  const { callee } = call;
  const isRandom =
    name === "random" &&
    callee.kind === "attribute" &&
    callee.value.kind === "name" &&
    callee.value.id === "Math";
  return isRandom && within.some((scope) => wordsOf(scope.name).some(isMakingUp));
}

const isMakingUp = (word: string) => /^(?:generat\w*|synthetic|simulate)$/.test(word);

const toys = new WeakMap<PythonProgram, boolean>();

/** True where the inputs are drawn from a random generator or written out: a demonstration. */
export function trainsOnToyData(program: PythonProgram): boolean {
  const known = toys.get(program) ?? hasToyData(program);
  toys.set(program, known);
  return known;
}

function hasToyData(program: PythonProgram): boolean {
  const { calls, statements } = programIndex(program);
  if (calls.some(({ qualifiedName }) => DATA_SETS.test(qualifiedName ?? ""))) return false;
  if (calls.some(isGenerated)) return true;
  return statements.some(({ statement }) => {
    if (statement.kind !== "assign" || statement.value === undefined) return false;
    const [target] = statement.targets;
    const first = target?.kind === "tuple" ? target.elements[0] : target;
    if (first?.kind !== "name" || !INPUTS.test(first.id)) return false;
    return expressionsIn(statement.value).some((node) => isMadeUp(node, program));
  });
}

/** `torch.randn(64, 8)`, `torch.tensor([[-1.2, 3.1], …])` */
function isMadeUp(node: Expression, program: PythonProgram): boolean {
  if (node.kind !== "call") return false;
  const name = program.qualifiedName(node.callee) ?? "";
  const [first] = node.arguments;
  const isWritten = first?.value.kind === "list" && first.value.elements.length > 0;
  return MADE_UP.test(name) || (isWritten && ARRAYS.test(name));
}

/** True for the paths of tests and benchmarks, where nobody cares what a model learns. */
export function isTestPath(path: string): boolean {
  const [file = "", ...folders] = path.split(/[\\/]/).reverse();
  return (
    /^(?:test_.*|.*_test|conftest|bench(?:mark)?_.*)\.py$/.test(file) ||
    /^.*[._-](?:test|spec|bench)\.[cm]?[jt]sx?$/.test(file) ||
    folders.some((folder) => /^(?:tests?|__tests__|benchmarks?)$/.test(folder))
  );
}

/** True where parameters are flattened for sharding, so that their shapes and names are others. */
export function isFullyFlattened(program: PythonProgram): boolean {
  const { ids } = programIndex(program);
  return ["FSDP", "FullyShardedDataParallel"].some((id) => ids.has(id));
}
