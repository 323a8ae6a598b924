import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";
import type { CallExpression, ClassStatement, Expression } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";
import { ownAttributes } from "./model-view.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { isDataLossName } from "./training-names.ts";
import type { Reduction } from "./training-term.ts";

/** A call that computes a loss from predictions and targets. */
export interface LossCall {
  /** How it reduces over the batch; `undefined` where that is not in sight. */
  readonly reduction: Reduction | undefined;
  /** The call that was given the reduction: its own, or the one that built the loss. */
  readonly configured: CallExpression | undefined;
}

const TORCH_FUNCTION =
  /^torch\.nn\.functional\.(?:cross_entropy|binary_cross_entropy(?:_with_logits)?|kl_div|\w+_loss)$/;
const TORCH_CLASS = /^torch\.nn\.\w*Loss$/;
const KERAS_CLASS = /^keras\.losses\.[A-Z]\w*$/;
/** Losses of single samples, to be reduced by the caller. */
const PER_SAMPLE =
  /^(?:keras\.losses\.[a-z]\w*|tensorflow\.nn\.\w*cross_entropy\w*|optax\.(?:\w+\.)?\w*(?:entropy|loss|error)\w*|tensorflow\.keras\.losses\.[a-z]\w*)$/;

/** What a call has to do with a data loss; `undefined` for calls that do not compute one. */
export function lossCall(
  call: CallExpression,
  owner: ClassStatement | undefined,
  program: PythonProgram,
): LossCall | undefined {
  const qualifiedName = program.qualifiedName(call.callee) ?? "";
  if (TORCH_FUNCTION.test(qualifiedName)) return configured(call, "mean", program);
  if (PER_SAMPLE.test(qualifiedName)) return { reduction: "none", configured: undefined };
  const built = builtCallee(call.callee, owner, program);
  const builder = built === undefined ? "" : (program.qualifiedName(built.callee) ?? "");
  if (built !== undefined && TORCH_CLASS.test(builder)) return configured(built, "mean", program);
  if (built !== undefined && KERAS_CLASS.test(builder)) return configured(built, "mean", program);
  // `torch.nn.MSELoss()` itself is no loss yet.
  const builds = TORCH_CLASS.test(qualifiedName) || KERAS_CLASS.test(qualifiedName);
  const name = builds ? undefined : lastName(call.callee);
  const isNamed = name !== undefined && isDataLossName(name) && !/^[A-Z]/.test(name);
  return isNamed ? { reduction: undefined, configured: undefined } : undefined;
}

/** The call that made the loss object that is called. */
function builtCallee(
  callee: Expression,
  owner: ClassStatement | undefined,
  program: PythonProgram,
): CallExpression | undefined {
  if (callee.kind === "call") return callee;
  if (callee.kind === "name") {
    const definition = program.definition(callee);
    return definition?.kind === "assigned" && definition.value.kind === "call"
      ? definition.value
      : undefined;
  }
  const isOwn =
    callee.kind === "attribute" && callee.value.kind === "name" && callee.value.id === "self";
  if (!isOwn || owner === undefined) return undefined;
  const values = attributesOf(owner).get(callee.attribute) ?? [];
  const [only] = values;
  return values.length === 1 && only?.kind === "call" ? only : undefined;
}

const attributes = new WeakMap<ClassStatement, ReadonlyMap<string, readonly Expression[]>>();

/** Values of `self.x` in a class, by name. */
function attributesOf(owner: ClassStatement): ReadonlyMap<string, readonly Expression[]> {
  const known = attributes.get(owner);
  if (known !== undefined) return known;
  const byName = new Map<string, Expression[]>();
  for (const { name, value } of ownAttributes(owner)) {
    byName.set(name, [...(byName.get(name) ?? []), value]);
  }
  attributes.set(owner, byName);
  return byName;
}

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  sum: "sum",
  mean: "mean",
  batchmean: "mean",
  sum_over_batch_size: "mean",
  auto: "mean",
  none: "none",
};

function configured(call: CallExpression, otherwise: Reduction, program: PythonProgram): LossCall {
  const hasSplat = call.arguments.some(({ splat }) => splat !== "none");
  const isOld = call.arguments.some(({ name }) => name === "size_average" || name === "reduce");
  const argument = argumentOf(call, "reduction")?.value;
  if (argument === undefined) {
    return { reduction: hasSplat || isOld ? undefined : otherwise, configured: call };
  }
  if (argument.kind === "string") {
    return { reduction: REDUCTIONS[argument.value?.toLowerCase() ?? ""], configured: call };
  }
  if (argument.kind === "constant" && argument.value === null) {
    return { reduction: "none", configured: call };
  }
  const named = /\.Reduction\.(\w+)$/.exec(program.qualifiedName(argument) ?? "")?.[1];
  return { reduction: REDUCTIONS[named?.toLowerCase() ?? ""], configured: call };
}

const SUMMED = /\breduction\s*=\s*["']sum["']|,\s*["']sum["']\s*\)|\bReduction\.SUM\b/i;
const UNREDUCED =
  /["']none["']|\bReduction\.NONE\b|\breduction\s*=\s*None\b|\b(?:optax|keras|tensorflow)\b/i;
const SUM = /\b(?:nan|f|reduce_)?sum\s*\(/;

/** Whether code may sum a loss over the samples, told without parsing it. */
export function maySumLosses(code: CodeText): boolean {
  const { parts } = code;
  if (parts.some((text) => isSummed(text, code))) return true;
  return parts.some((text) => isUnreduced(text, code)) && parts.some((text) => hasSum(text, code));
}

const isSummed = byText((text) => SUMMED.test(text));
const isUnreduced = byText((text) => UNREDUCED.test(text));
const hasSum = byText((text) => SUM.test(text));
