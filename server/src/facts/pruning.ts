import {
  argumentOf,
  type KnownNumber,
  knownNumber,
  numberArgument,
} from "../semantics/call-arguments.ts";
import { wordsOf } from "../semantics/identifier-words.ts";
import { lastName, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression } from "../syntax/python/ast.ts";
import type { Extractor } from "./extractor.ts";

/** A call of torch's pruning with the amount that it prunes. */
export interface PruningFact {
  readonly kind: "pruning";
  readonly call: CallExpression;
  readonly amount: KnownNumber;
  /** Written without a point or an exponent: a count. */
  readonly isWhole: boolean;
  /** True where whole rows or channels go. */
  readonly isStructured: boolean;
  /** True where a name says that a count is meant. */
  readonly isCount: boolean;
}

const PRUNING =
  /^torch\.nn\.utils\.prune\.(?:(l1|random)_unstructured|(ln|random)_structured|global_unstructured|\w*(?:Uns|S)tructured(?:\.apply)?)$/;
const COUNT_WORDS = new Set(["n", "num", "number", "count", "k", "nb"]);

export const pruningFacts: Extractor<PruningFact> = {
  kind: "pruning",
  languages: ["python"],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !text.includes("prune")) return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap(({ call, qualifiedName }) =>
      qualifiedName !== undefined && PRUNING.test(qualifiedName)
        ? factsOf(call, qualifiedName, program)
        : [],
    );
  },
};

function factsOf(
  call: CallExpression,
  qualifiedName: string,
  program: PythonProgram,
): PruningFact[] {
  const position = positionOf(qualifiedName);
  const argument = argumentOf(call, "amount", position);
  const amount = knownNumber(numberArgument(call, "amount", position, program));
  if (argument === undefined || amount === undefined) return [];
  const written = program.module.text.slice(amount.origin.start, amount.origin.end);
  const words = wordsOf(lastName(argument.value) ?? "");
  return [
    {
      kind: "pruning",
      call,
      amount,
      isWhole: /^[\d_]+$/.test(written),
      isStructured: /_structured$|[a-z]Structured/.test(qualifiedName),
      isCount: words.some((word) => COUNT_WORDS.has(word)),
    },
  ];
}

/** Functions and `apply` take the module and the parameter's name first, classes the amount. */
function positionOf(qualifiedName: string): number | undefined {
  if (qualifiedName.endsWith("global_unstructured")) return undefined;
  const isClass = /\.[A-Z]\w*$/.test(qualifiedName);
  return isClass ? 0 : 2;
}
