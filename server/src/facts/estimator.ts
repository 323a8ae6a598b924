import { estimatorRole } from "../semantics/estimator-classes.ts";
import type { Estimator } from "../semantics/estimator-of.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Extractor } from "./extractor.ts";

/** A scikit-learn estimator is built, with the parameters that were chosen for it. */
export interface EstimatorFact extends Estimator {
  readonly kind: "estimator";
  readonly program: PythonProgram;
  readonly site: CallSite;
}

export const estimatorFacts: Extractor<EstimatorFact> = {
  kind: "estimator",
  languages: ["python"],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap((site) => estimatorFact(site, program) ?? []);
  },
};

function estimatorFact(site: CallSite, program: PythonProgram): EstimatorFact | undefined {
  const { call, qualifiedName } = site;
  const role = qualifiedName === undefined ? undefined : estimatorRole(qualifiedName);
  if (qualifiedName === undefined || role === undefined) return undefined;
  const name = qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1);
  return { kind: "estimator", program, site, constructed: call, qualifiedName, name, role };
}
