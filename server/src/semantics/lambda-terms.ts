import type { Expression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import { knownNumber, numberOf } from "./call-arguments.ts";
import type { LambdaReading } from "./lambda-reading.ts";
import type { PythonProgram } from "./python-program.ts";

const L2_LOSS = /^tensorflow\.(?:compat\.v1\.)?nn\.l2_loss$/;

/** `0.01 * tf.nn.l2_loss(w)`: the term names itself, so its factor is a λ for certain. */
export function lambdaOfL2Loss(
  statement: Statement,
  program: PythonProgram,
): readonly LambdaReading[] {
  const isL2Loss = (node: Expression) =>
    node.kind === "call" && L2_LOSS.test(program.qualifiedName(node.callee) ?? "");
  return ownExpressions(statement)
    .flatMap((root) => [...expressionsIn(root)])
    .flatMap((node): readonly LambdaReading[] => {
      if (node.kind !== "binary" || node.operator !== "*") return [];
      const factor = isL2Loss(node.right)
        ? node.left
        : isL2Loss(node.left)
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
          call: undefined,
        },
      ];
    });
}
