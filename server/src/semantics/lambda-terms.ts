import type { Expression } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import { knownNumber, numberOf } from "./call-arguments.ts";
import type { LambdaReading } from "./lambda-reading.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import type { NormKind, Term } from "./training-term.ts";

const L2_LOSS = /^tensorflow\.(?:compat\.v1\.)?nn\.l2_loss$/;

/** `0.01 * tf.nn.l2_loss(w)`: the term names itself, so its factor is a λ for certain. */
export function lambdasOfL2Loss(program: PythonProgram): readonly LambdaReading[] {
  const { calls, statements } = programIndex(program);
  const losses = new Set<Expression>(
    calls.flatMap(({ call, qualifiedName }) => (L2_LOSS.test(qualifiedName ?? "") ? call : [])),
  );
  if (losses.size === 0) return [];
  return statements
    .flatMap(({ statement }) => ownExpressions(statement).flatMap(expressionsIn))
    .flatMap((node): readonly LambdaReading[] => {
      if (node.kind !== "binary" || node.operator !== "*") return [];
      const factor = losses.has(node.right)
        ? node.left
        : losses.has(node.left)
          ? node.right
          : undefined;
      const number = factor === undefined ? undefined : knownNumber(numberOf(factor, program));
      if (factor === undefined || number === undefined) return [];
      return [
        {
          convention: "tf-l2-loss",
          parameter: "lambda",
          values: { lambda: number.value },
          known: {},
          node: factor,
          nameSpan: undefined,
          certainty: number.kind,
          origin: number.origin,
          call: undefined,
        },
      ];
    });
}

/** `loss + lam * sum(p.pow(2).sum() …)`: a norm of weights that a loss is known to hold. */
export function lambdaOfPenalty(term: Term, program: PythonProgram): readonly LambdaReading[] {
  const { content, sign, blocker, factors, divisors } = term;
  if (content.kind !== "penalty" || sign !== 1 || blocker !== undefined) return [];
  const { kind, reduction, scale, source } = content.norm;
  const isPlain = reduction === "sum" && scale === 1 && source === "computed";
  const numberIn = (node: Expression) => knownNumber(numberOf(node, program));
  const others = [...factors, ...divisors].map(numberIn);
  const [node, ...more] = factors.filter((factor) => !isHalf(factor, numberIn(factor)?.value));
  const number = node === undefined ? undefined : numberIn(node);
  const isSingle = more.length === 0 && others.every((other) => other !== undefined);
  if (!isPlain || !isSingle || node === undefined || number === undefined) return [];
  const rest = factors.filter((factor) => factor !== node).map((factor) => numberIn(factor)?.value);
  const share = product(rest) / product(divisors.map((divisor) => numberIn(divisor)?.value));
  const convention = WRITTEN[kind]?.(share);
  if (convention === undefined) return [];
  const { kind: certainty, origin } = number;
  const place = { known: {}, node, nameSpan: undefined, certainty, origin, call: undefined };
  return [{ ...place, convention, parameter: "lambda", values: { lambda: number.value } }];
}

/** The ½ that goes with a square, not the λ. */
const isHalf = (node: Expression, value: number | undefined): boolean =>
  node.kind === "number" && value === 0.5;

const product = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((result, value) => result * (value ?? Number.NaN), 1);

/** Convention by what stands beside λ and the norm. */
const WRITTEN: Readonly<Partial<Record<NormKind, (share: number) => string | undefined>>> = {
  l1: (share) => (share === 1 ? "written-l1" : undefined),
  l2squared: (share) =>
    share === 1 ? "written-plain" : share === 0.5 ? "written-half" : undefined,
};
