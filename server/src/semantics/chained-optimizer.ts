import type { OptimizerFact } from "../facts/optimizer.ts";
import { type NumberValue, numberArgument } from "./call-arguments.ts";
import { knownValue } from "./known-value.ts";
import { type ChainElement, optaxChains } from "./optax-chain.ts";
import type { OptimizerClass } from "./optimizer-classes.ts";
import type { CallSite } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Decay of a chain alone: whatever is not added by a transformation of its own is none. */
const CHAIN: OptimizerClass = {
  framework: "optax",
  ratePosition: undefined,
  rateDefault: undefined,
  decayPosition: undefined,
  decayDefault: 0,
  coupling: "unknown",
  isDecayTimesRate: true,
  decoupledBy: undefined,
};

/**
 * An optimizer that is spelled out, `chain(scale_by_adam(), add_decayed_weights(wd), scale(-lr))`.
 * Only with a decay and a rescaling is there anything to tell; `undefined` for other chains.
 */
export function chainedOptimizer(
  site: CallSite,
  program: PythonProgram,
): OptimizerFact | undefined {
  const { call } = site;
  const elements = optaxChains(program).find((chain) => chain.call === call)?.elements;
  if (elements === undefined) return undefined;
  const [decay, ...decays] = elements.filter(({ role }) => role === "decay");
  const [rate, ...rates] = elements.filter(({ role }) => role === "negative rate");
  const rescale = elements.find(({ role }) => role === "rescale");
  const isClear = elements.every(({ role }) => !["unknown", "optimizer", "scale"].includes(role));
  if (decay?.call === undefined || rate === undefined || rescale === undefined) return undefined;
  if (!isClear || decays.length > 0 || rates.length > 0) return undefined;
  const order = [decay, rescale, rate].map((element) => elements.indexOf(element));
  return {
    ...CHAIN,
    kind: "optimizer",
    program,
    qualifiedName: "optax.chain",
    name: "chain",
    span: call.callee.span,
    call,
    learningRate: rateOf(rate, program),
    weightDecay: numberArgument(decay.call, "weight_decay", 0, program),
    coupling: couplingOf(order),
    addedDecay: decay.call,
    hasSplat: false,
    parameters: undefined,
    site,
  };
}

function couplingOf([decay = 0, rescale = 0, rate = 0]: readonly number[]) {
  if (decay > rate) return "antidecay";
  return decay > rescale ? "decoupled" : "l2";
}

/** The rate behind `scale_by_learning_rate(lr)`, or behind the minus of `scale(-lr)`. */
function rateOf({ call, qualifiedName, span }: ChainElement, program: PythonProgram): NumberValue {
  if (call === undefined) return { kind: "unknown", span };
  if (qualifiedName !== "optax.scale") return numberArgument(call, "learning_rate", 0, program);
  const factor = call.arguments[0]?.value;
  const value = factor && knownValue(factor, program);
  if (factor === undefined || value?.kind !== "scalar" || typeof value.value !== "number") {
    return { kind: "unknown", span };
  }
  return { kind: value.certainty, value: -value.value, span: factor.span, origin: value.span };
}
