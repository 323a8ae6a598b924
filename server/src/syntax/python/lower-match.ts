import type { NameExpression, OtherStatement } from "./ast.ts";
import { lowerList } from "./lower-list.ts";
import {
  bodiesOf,
  deeper,
  isNode,
  type Lowering,
  lowerName,
  spanOf,
  withoutErrors,
} from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

/** Names that a pattern of `match` binds: every capture below `node`. */
function captures(node: RawNode, context: Lowering): NameExpression[] {
  if (node.name === "Body") return [];
  const isBinder = BINDING_PATTERNS.has(node.name);
  return node.children.flatMap((child) =>
    isBinder && child.name === "VariableName"
      ? [lowerName(child, context)]
      : (deeper(context, () => captures(child, context)) ?? []),
  );
}

const BINDING_PATTERNS = new Set(["CapturePattern", "AsPattern", "StarPattern", "MappingPattern"]);

export function lowerMatch(node: RawNode, context: Lowering): OtherStatement {
  const body = node.children.find(isNode("MatchBody"));
  const clauses = body?.children.filter(isNode("MatchClause")) ?? [];
  const subject = node.children.filter(
    (child) => child.name !== "match" && child.name !== "MatchBody",
  );
  const guards = clauses.flatMap((clause) =>
    clause.children
      .filter(isNode("Guard"))
      .flatMap((guard) => guard.children.filter(({ name }) => name !== "if")),
  );
  return {
    kind: "other",
    keyword: "match",
    expressions: [
      lowerList(subject, context, node.end),
      ...withoutErrors(guards).map((guard) => context.expression(guard)),
    ],
    bodies: clauses.map((clause) => bodiesOf(clause, context).flat()),
    targets: clauses.flatMap((clause) => captures(clause, context)),
    span: spanOf(node),
  };
}
