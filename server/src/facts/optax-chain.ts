import { type OptaxChain, optaxChains } from "../semantics/optax-chain.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Extractor } from "./extractor.ts";

/** `optax.chain(…)` with its transformations in order. */
export interface OptaxChainFact extends OptaxChain {
  readonly kind: "optaxChain";
  readonly program: PythonProgram;
}

export const optaxChainFacts: Extractor<OptaxChainFact> = {
  kind: "optaxChain",
  languages: ["python"],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    return optaxChains(program).map((chain) => ({ kind: "optaxChain", program, ...chain }));
  },
};
