import type { SyntaxNode } from "@lezer/common";
import type { Statement } from "../python/ast.ts";
import { classStatement, functionStatement } from "./lower-function.ts";
import { requiredModule, requireStatement } from "./lower-import.ts";
import { assignedOperator } from "./lower-operator.ts";
import { assignment, isPattern, patternAssignments } from "./lower-pattern.ts";
import {
  childNamed,
  childrenOf,
  expressionsBelow,
  type Lowering,
  spanOf,
  statementSpan,
  textOf,
} from "./lowering.ts";

/** What an expression does where its value is not used. */
export function effectOf(
  node: SyntaxNode,
  span: Statement["span"],
  lowering: Lowering,
): readonly Statement[] {
  if (node.name === "AssignmentExpression") return assignmentOf(node, span, lowering);
  if (node.name === "ParenthesizedExpression" || node.name === "SequenceExpression") {
    return expressionsBelow(node, lowering).flatMap((part) =>
      lowering.deeper(() => effectOf(part, spanOf(part), lowering), []),
    );
  }
  const sign = childrenOf(node).find(({ name }) => name === "ArithOp");
  const isStep = sign !== undefined && /^(?:\+\+|--)$/.test(textOf(sign, lowering));
  const [operand] = expressionsBelow(node, lowering);
  if (!isStep || operand === undefined) {
    return [{ kind: "expression", value: lowering.expression(node, node.to), span }];
  }
  return [
    {
      kind: "augmented",
      target: lowering.expression(operand, node.to),
      operator: textOf(sign, lowering) === "++" ? "+" : "-",
      operatorSpan: spanOf(sign),
      value: { kind: "number", value: 1, text: "1", span: spanOf(sign) },
      span,
    },
  ];
}

function assignmentOf(
  node: SyntaxNode,
  span: Statement["span"],
  lowering: Lowering,
): readonly Statement[] {
  const children = childrenOf(node);
  const [target] = children;
  const [written] = children.slice(1).filter(lowering.isExpression);
  if (target === undefined) return [];
  if (isPattern(target)) {
    const value = lowering.expression(written, node.to);
    return patternAssignments(target, value, span, lowering);
  }
  const update = childNamed(node, "UpdateOp");
  const operator = update && assignedOperator(textOf(update, lowering));
  const to = lowering.expression(target, node.to);
  if (update === undefined || operator === undefined) {
    const chained = update === undefined && written?.name === "AssignmentExpression";
    const inner = chained
      ? lowering.deeper(() => assignmentOf(written, spanOf(written), lowering), [])
      : [];
    const [next] = inner;
    if (inner.length === 1 && next?.kind === "assign") {
      return [{ ...next, targets: [to, ...next.targets], span }];
    }
    return [assignment(to, lowering.expression(written, node.to), span)];
  }
  const value = lowering.expression(written, node.to);
  return [{ kind: "augmented", target: to, operator, operatorSpan: spanOf(update), value, span }];
}

interface Declarator {
  readonly pattern: SyntaxNode;
  readonly value: SyntaxNode | undefined;
}

function declaratorsOf(node: SyntaxNode, lowering: Lowering): readonly Declarator[] {
  const declarators: { pattern: SyntaxNode; value: SyntaxNode | undefined }[] = [];
  for (const child of childrenOf(node)) {
    const last = declarators.at(-1);
    if (isPattern(child)) declarators.push({ pattern: child, value: undefined });
    else if (lowering.isExpression(child) && last !== undefined) last.value ??= child;
  }
  return declarators;
}

const FUNCTIONS = new Set(["ArrowFunction", "FunctionExpression"]);

export function variableDeclaration(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const declarators = declaratorsOf(node, lowering);
  return declarators.flatMap(({ pattern, value }): readonly Statement[] => {
    const span =
      declarators.length === 1
        ? statementSpan(node)
        : { start: pattern.from, end: value?.to ?? pattern.to };
    if (value === undefined) return [];
    const module = requiredModule(value, lowering);
    const required = module && requireStatement(pattern, module, span, lowering);
    if (required) return [required];
    const name = { id: textOf(pattern, lowering), span: spanOf(pattern) };
    if (pattern.name === "VariableDefinition" && FUNCTIONS.has(value.name)) {
      return [functionStatement(value, name, lowering)];
    }
    if (pattern.name === "VariableDefinition" && value.name === "ClassExpression") {
      return [classStatement(value, lowering, name)];
    }
    return patternAssignments(pattern, lowering.expression(value, node.to), span, lowering);
  });
}
