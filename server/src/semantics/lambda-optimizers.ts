import type { OptimizerFact } from "../facts/optimizer.ts";
import type { Quantities } from "../lambda/convention.ts";
import type { CallExpression, DictExpression, Expression } from "../syntax/python/ast.ts";
import {
  argumentOf,
  flagArgument,
  hasSplat,
  knownNumber,
  numberArgument,
  numberOf,
  withOptions,
} from "./call-arguments.ts";
import type { LambdaReading } from "./lambda-reading.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-classes.ts";
import type { CallSite } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

type Optimizer = Pick<
  OptimizerFact,
  | "framework"
  | "name"
  | "coupling"
  | "learningRate"
  | "rateDefault"
  | "isDecayTimesRate"
  | "addedDecay"
>;

/** Weight decays that an optimizer is built with, also those of its parameter groups. */
export function lambdaOfOptimizer(
  optimizer: OptimizerFact,
  program: PythonProgram,
): readonly LambdaReading[] {
  const { addedDecay, decayPosition, parameters } = optimizer;
  const convention = conventionOf(optimizer);
  if (optimizer.call === undefined || convention === undefined) return [];
  const call = withOptions(optimizer.call, program);
  const known = quantitiesOf(optimizer, call, program);
  const argument =
    addedDecay === undefined
      ? argumentOf(call, "weight_decay", decayPosition)
      : argumentOf(addedDecay, "weight_decay", 0);
  const whole =
    argument === undefined
      ? []
      : reading({ convention, known, node: argument.value, call }, argument.nameSpan, program);
  return [...whole, ...ofGroups(parameters, convention, known, program)];
}

/** Layer-wise scaled, implicit or averaged steps: their decay is not lr·decay. */
const OTHERWISE: ReadonlySet<string> = new Set(["lamb", "lars", "adan", "Lamb", "ASGD"]);

/** What the call means by its weight decay; `undefined` where that is not known. */
function conventionOf(optimizer: Optimizer): string | undefined {
  const { framework, name, coupling, isDecayTimesRate } = optimizer;
  const isKnown = coupling === "l2" || coupling === "decoupled";
  if (!isKnown || OTHERWISE.has(name)) return undefined;
  if (coupling === "l2") return penaltyConvention(optimizer);
  if (!isDecayTimesRate) return "composer-decoupled";
  switch (framework) {
    case "keras":
      return name === "SGD" ? "keras-sgd" : "keras-optimizer";
    case "optax":
      return "optax-adamw";
    case "torch":
    case "timm":
      return "torch-adamw";
    default:
      return undefined;
  }
}

function penaltyConvention({ framework, name, addedDecay }: Optimizer): string | undefined {
  if (framework === "torch") return name === "SGD" ? "torch-sgd" : "torch-adam";
  if (framework !== "optax" || addedDecay === undefined) return undefined;
  return name === "sgd" ? "optax-sgd" : "optax-adam-l2";
}

const MOMENTUM_POSITIONS: Readonly<Record<string, number>> = { torch: 2, keras: 1, optax: 1 };

function quantitiesOf(
  { framework, name, learningRate, rateDefault }: Optimizer,
  call: CallExpression,
  program: PythonProgram,
): Quantities {
  const isOpen = hasSplat(call);
  const unset = learningRate.kind === "absent" && !isOpen ? rateDefault : undefined;
  const rate = knownNumber(learningRate)?.value ?? unset;
  const momentum = numberArgument(call, "momentum", MOMENTUM_POSITIONS[framework], program);
  const absent = momentum.kind === "absent" && !isOpen ? 0 : undefined;
  const isSgd = name.toLowerCase() === "sgd" && !isDampened(framework, call, program);
  const mass = isSgd ? (knownNumber(momentum)?.value ?? absent) : undefined;
  return {
    ...(rate === undefined ? {} : { learningRate: rate }),
    ...(mass === undefined ? {} : { momentum: mass }),
  };
}

/** Dampening takes its share of the gradient, and of the decay in it. */
function isDampened(
  framework: Optimizer["framework"],
  call: CallExpression,
  program: PythonProgram,
): boolean {
  const argument = framework === "torch" ? argumentOf(call, "dampening", 3) : undefined;
  if (argument === undefined) return false;
  return knownNumber(numberOf(argument.value, program))?.value !== 0;
}

function reading(
  place: Pick<LambdaReading, "convention" | "known" | "node" | "call">,
  nameSpan: LambdaReading["nameSpan"],
  program: PythonProgram,
): readonly LambdaReading[] {
  const number = knownNumber(numberOf(place.node, program));
  if (number === undefined) return [];
  const values = { weight_decay: number.value };
  const { kind: certainty, origin } = number;
  return [{ ...place, parameter: "weight_decay", values, nameSpan, certainty, origin }];
}

/** `[{"params": …, "weight_decay": 0.01}, …]`, written in the call or bound to a name. */
function ofGroups(
  parameters: Expression | undefined,
  convention: string,
  known: Quantities,
  program: PythonProgram,
): readonly LambdaReading[] {
  const definition = parameters?.kind === "name" ? program.definition(parameters) : undefined;
  const list = definition?.kind === "assigned" ? definition.value : parameters;
  if (list?.kind !== "list") return [];
  const groups = list.elements.filter((item): item is DictExpression => item.kind === "dict");
  return groups.flatMap(({ entries }) => {
    const entryOf = (name: string) =>
      entries.find(({ key }) => key?.kind === "string" && key.value === name);
    const decay = entryOf("weight_decay");
    if (decay === undefined) return [];
    const rate = entryOf("lr");
    const own = rate === undefined ? undefined : knownNumber(numberOf(rate.value, program))?.value;
    const { learningRate: _base, ...rest } = known;
    const ownKnown = own === undefined ? rest : { ...rest, learningRate: own };
    const place = { convention, node: decay.value, call: undefined };
    const quantities = rate === undefined ? known : ownKnown;
    return reading({ ...place, known: quantities }, decay.key?.span, program);
  });
}

/** `dict(type="AdamW", lr=…, weight_decay=…)`, as OpenMMLab's configs name torch's optimizers. */
export function lambdaOfNamedOptimizer(
  { call, qualifiedName, name }: CallSite,
  program: PythonProgram,
): readonly LambdaReading[] {
  if (qualifiedName !== undefined || name !== "dict" || call.callee.kind !== "name") return [];
  const type = argumentOf(call, "type")?.value;
  const named = type?.kind === "string" ? `torch.optim.${type.value ?? ""}` : undefined;
  const full = named ?? (type === undefined ? undefined : program.qualifiedName(type)) ?? "";
  const known = full.startsWith("torch.optim.") ? optimizerClass(full) : undefined;
  const optimizer = full.slice(full.lastIndexOf(".") + 1);
  if (known === undefined) return [];
  const learningRate = numberArgument(call, "lr", undefined, program);
  const coupling = known.decoupledBy === undefined ? known.coupling : flagged(call, known, program);
  const fact = { ...known, name: optimizer, learningRate, coupling, addedDecay: undefined };
  const convention = conventionOf(fact);
  const argument = argumentOf(call, "weight_decay");
  if (convention === undefined || argument === undefined) return [];
  const quantities = quantitiesOf(fact, call, program);
  const place = { convention, known: quantities, node: argument.value, call: undefined };
  return reading(place, argument.nameSpan, program);
}

function flagged(
  call: CallExpression,
  { coupling, decoupledBy }: OptimizerClass,
  program: PythonProgram,
): OptimizerClass["coupling"] {
  const isGiven = decoupledBy !== undefined && argumentOf(call, decoupledBy.name) !== undefined;
  const isDecoupled = isGiven && flagArgument(call, decoupledBy.name, program);
  return isGiven ? (isDecoupled === true ? "decoupled" : "unknown") : coupling;
}
