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
import { optimizerClass } from "./optimizer-classes.ts";
import type { CallSite } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

type Optimizer = Pick<
  OptimizerFact,
  "framework" | "name" | "coupling" | "decayPosition" | "learningRate"
>;

/** Weight decays that an optimizer is built with, also those of its parameter groups. */
export function lambdaOfOptimizer(
  optimizer: OptimizerFact,
  program: PythonProgram,
): readonly LambdaReading[] {
  if (optimizer.call === undefined) return [];
  const call = withOptions(optimizer.call, program);
  const convention = conventionOf(optimizer, call, program);
  if (convention === undefined) return [];
  const known = quantitiesOf(optimizer, call, program);
  const argument = argumentOf(call, "weight_decay", optimizer.decayPosition);
  const whole =
    argument === undefined
      ? []
      : reading({ convention, known, node: argument.value, call }, argument.nameSpan, program);
  return [...whole, ...ofGroups(optimizer.parameters, convention, known, program)];
}

/** What the class means by its weight decay; `undefined` where an option leaves that open. */
function conventionOf(
  { framework, name, coupling }: Optimizer,
  call: CallExpression,
  program: PythonProgram,
): string | undefined {
  if (coupling === "none") return undefined;
  if (framework === "keras") return name === "SGD" ? "keras-sgd" : "keras-optimizer";
  if (framework === "optax") return coupling === "decoupled" ? "optax-adamw" : undefined;
  if (coupling === "decoupled") return "torch-adamw";
  if (name === "SGD") return "torch-sgd";
  const isDecoupled = flagArgument(call, "decoupled_weight_decay", program);
  if (isDecoupled === undefined) return undefined;
  return isDecoupled ? "torch-adamw" : "torch-adam";
}

const MOMENTUM_POSITIONS = { torch: 2, keras: 1, optax: 1 } as const;
/** torch's default since 2.3, Keras's Adam alike. */
const ADAM_RATE = 1e-3;
const ADAMS: ReadonlySet<string> = new Set(["Adam", "AdamW"]);

function quantitiesOf(
  { framework, name, learningRate }: Optimizer,
  call: CallExpression,
  program: PythonProgram,
): Quantities {
  const isOpen = hasSplat(call);
  const hasDefault = learningRate.kind === "absent" && !isOpen && ADAMS.has(name);
  const rate = knownNumber(learningRate)?.value ?? (hasDefault ? ADAM_RATE : undefined);
  const momentum = numberArgument(call, "momentum", MOMENTUM_POSITIONS[framework], program);
  const absent = momentum.kind === "absent" && !isOpen ? 0 : undefined;
  const mass = name === "SGD" ? (knownNumber(momentum)?.value ?? absent) : undefined;
  return {
    ...(rate === undefined ? {} : { learningRate: rate }),
    ...(mass === undefined ? {} : { momentum: mass }),
  };
}

function reading(
  place: Pick<LambdaReading, "convention" | "known" | "node" | "call">,
  nameSpan: LambdaReading["nameSpan"],
  program: PythonProgram,
): readonly LambdaReading[] {
  const number = knownNumber(numberOf(place.node, program));
  if (number === undefined) return [];
  const values = { weight_decay: number.value };
  return [{ ...place, parameter: "weight_decay", values, nameSpan, certainty: number.kind }];
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
  const optimizer = type?.kind === "string" ? (type.value ?? "") : "";
  const known = optimizerClass(`torch.optim.${optimizer}`);
  if (known === undefined) return [];
  const learningRate = numberArgument(call, "lr", undefined, program);
  const fact = { ...known, name: optimizer, learningRate };
  const convention = conventionOf(fact, call, program);
  const argument = argumentOf(call, "weight_decay");
  if (convention === undefined || argument === undefined) return [];
  const quantities = quantitiesOf(fact, call, program);
  const place = { convention, known: quantities, node: argument.value, call: undefined };
  return reading(place, argument.nameSpan, program);
}

/** Steps of optax that add λ·w to the gradient before the optimizer sees it. */
export function lambdaOfOptaxChain(
  { call, qualifiedName }: CallSite,
  program: PythonProgram,
): readonly LambdaReading[] {
  if (qualifiedName !== "optax.chain") return [];
  const steps = call.arguments.map(({ value }) => (value.kind === "call" ? value : undefined));
  return steps.flatMap((step, index) => {
    const name = step === undefined ? undefined : program.qualifiedName(step.callee);
    if (step === undefined || name !== "optax.add_decayed_weights") return [];
    const next = steps[index + 1];
    const after = next === undefined ? undefined : program.qualifiedName(next.callee);
    const convention = CHAINED[after ?? ""];
    const argument = argumentOf(step, "weight_decay", 0);
    if (next === undefined || convention === undefined || argument === undefined) return [];
    const learningRate = numberArgument(next, "learning_rate", 0, program);
    const fact = { framework: "optax", name: "SGD", coupling: "l2", decayPosition: 0 } as const;
    const known = quantitiesOf({ ...fact, learningRate }, next, program);
    const place = { convention, known, node: argument.value, call: undefined };
    return reading(place, argument.nameSpan, program);
  });
}

const CHAINED: Readonly<Record<string, string>> = {
  "optax.sgd": "optax-sgd",
  "optax.adam": "optax-adam-l2",
};
