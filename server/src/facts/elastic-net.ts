import { argumentOf, numberOf } from "../semantics/call-arguments.ts";
import { type CallSite, programIndex, type Site } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { isPenalty, type Norm, type Term } from "../semantics/training-term.ts";
import { trainingValue } from "../semantics/training-value.ts";
import type { Expression } from "../syntax/python/ast.ts";
import { sourceOf } from "../syntax/python/source-of.ts";
import type { Extractor } from "./extractor.ts";
import { penaltyFacts } from "./penalty.ts";

/** A mix of L1 and L2, written out or asked for. */
export type ElasticNetFact = {
  readonly kind: "elasticNet";
  readonly program: PythonProgram;
} & (
  | {
      /** A sum with both norms of the same weights. */
      readonly form: "sum";
      readonly l1: Term;
      readonly l2: Term;
    }
  | {
      /** `ElasticNet(l1_ratio=0.5)`, one fact for each number of a grid. */
      readonly form: "argument";
      readonly estimator: string;
      readonly ratio: number;
      readonly node: Expression;
    }
);

export const elasticNetFacts: Extractor<ElasticNetFact> = {
  kind: "elasticNet",
  languages: ["python"],
  extract(syntax, document) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    const norms = penaltyFacts.extract(syntax, document).map(({ norm }) => norm.kind);
    const isMixed = norms.includes("l1") && (norms.includes("l2squared") || norms.includes("l2"));
    return [
      ...(isMixed ? sums(program) : []),
      ...programIndex(program).calls.flatMap((site) => ratiosOf(site, program)),
    ];
  },
};

function sums(program: PythonProgram): readonly ElasticNetFact[] {
  const seen = new Set<Expression>();
  return programIndex(program).statements.flatMap((site): readonly ElasticNetFact[] => {
    const root = valueOfStatement(site);
    const value = root && trainingValue(root, site.statement, program);
    if (value?.kind !== "terms") return [];
    const terms = value.terms.filter(
      (term) => isPenalty(term) && term.content.norm.source === "computed" && !term.isConditional,
    );
    const l1 = only(terms, ["l1"]);
    const l2 = only(terms, ["l2squared", "l2"]);
    if (l1 === undefined || l2 === undefined || seen.has(l1.node)) return [];
    if (weightsOf(l1, program) !== weightsOf(l2, program)) return [];
    seen.add(l1.node);
    return [{ kind: "elasticNet", program, form: "sum", l1, l2 }];
  });
}

function valueOfStatement({ statement }: Site): Expression | undefined {
  const hasValue =
    statement.kind === "assign" || statement.kind === "return" || statement.kind === "expression";
  return hasValue ? statement.value : undefined;
}

function only(terms: readonly Term[], kinds: readonly Norm["kind"][]): Term | undefined {
  const found = terms.filter((term) => isPenalty(term) && kinds.includes(term.content.norm.kind));
  return found.length === 1 ? found[0] : undefined;
}

function weightsOf(term: Term, program: PythonProgram): string {
  if (!isPenalty(term)) return "";
  const { weights } = term.content.norm;
  return weights.map(({ node }) => sourceOf(node, program.module)).join(" ");
}

const MIXED =
  /^sklearn\.linear_model\.(?:(?:MultiTask)?ElasticNet(?:CV)?|SGD(?:Classifier|Regressor)|LogisticRegression|Perceptron|enet_path)$/;

function ratiosOf(
  { call, qualifiedName }: CallSite,
  program: PythonProgram,
): readonly ElasticNetFact[] {
  if (!MIXED.test(qualifiedName ?? "")) return [];
  const value = argumentOf(call, "l1_ratio")?.value;
  if (value === undefined) return [];
  const numbers = value.kind === "list" || value.kind === "tuple" ? value.elements : [value];
  const estimator = qualifiedName?.split(".").at(-1) ?? "";
  return numbers.flatMap((node): readonly ElasticNetFact[] => {
    const number = numberOf(node, program);
    if (number.kind === "unknown") return [];
    return [
      { kind: "elasticNet", program, form: "argument", estimator, ratio: number.value, node },
    ];
  });
}
