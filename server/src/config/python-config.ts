import type { PythonProgram } from "../semantics/python-program.ts";
import {
  type ConfigEntry,
  type ConfigMapping,
  type ConfigNode,
  type ConfigTree,
  MAX_CONFIG_DEPTH,
} from "../syntax/config/config-tree.ts";
import type {
  AssignStatement,
  CallExpression,
  Expression,
  Statement,
} from "../syntax/python/ast.ts";
import { insideQuotes } from "../syntax/python/literals.ts";

/**
 * A Python file whose assignments are its settings, as MMEngine and Detectron2 write them, as the
 * tree of a config: `optimizer = dict(type="SGD", weight_decay=0.1)`, `L(SGD)(weight_decay=0.1)`,
 * `optimizer.weight_decay = 0.1`. What is no literal is unknown.
 */
export function pythonConfig({ module }: PythonProgram, text: string): ConfigTree {
  const entries = module.body.flatMap((statement) => entryOf(statement, text));
  const root: ConfigMapping = { kind: "mapping", entries, span: { start: 0, end: text.length } };
  return { language: "python", roots: [root], comments: module.comments, errors: [] };
}

/** `name = value` or `name.key = value`, which is an entry inside of `name`. */
function entryOf(statement: Statement, text: string): ConfigEntry[] {
  if (statement.kind !== "assign") return [];
  const [target] = targetsOf(statement);
  if (target === undefined || statement.value === undefined) return [];
  const value = toNode(statement.value, text, 0);
  if (target.kind === "name") return [{ key: target.id, keySpan: target.span, value }];
  const steps = stepsOf(target);
  return steps.length === 0 ? [] : [nested(steps, value, statement)];
}

function targetsOf({ targets }: AssignStatement): readonly Expression[] {
  return targets.length === 1 ? targets : [];
}

type Step = Pick<ConfigEntry, "key" | "keySpan">;

/** Names of `a.b.c`; none for anything else. */
function stepsOf(target: Expression): readonly Step[] {
  const steps: Step[] = [];
  let node = target;
  while (node.kind === "attribute" && steps.length < MAX_CONFIG_DEPTH) {
    steps.unshift({ key: node.attribute, keySpan: node.attributeSpan });
    node = node.value;
  }
  return node.kind === "name" ? [{ key: node.id, keySpan: node.span }, ...steps] : [];
}

function nested(
  [first, ...rest]: readonly Step[],
  value: ConfigNode,
  statement: Statement,
): ConfigEntry {
  const step = first ?? { key: "", keySpan: statement.span };
  if (rest.length === 0) return { ...step, value };
  const entries = [nested(rest, value, statement)];
  return { ...step, value: { kind: "mapping", entries, span: statement.span } };
}

function toNode(node: Expression, text: string, depth: number): ConfigNode {
  const { span } = node;
  if (depth > MAX_CONFIG_DEPTH) return { kind: "unknown", span };
  switch (node.kind) {
    case "number":
      return { kind: "scalar", text: node.text, style: "plain", span };
    case "unary":
      return node.operator === "-" && node.operand.kind === "number"
        ? { kind: "scalar", text: text.slice(span.start, span.end), style: "plain", span }
        : { kind: "unknown", span };
    case "constant":
      return { kind: "scalar", text: text.slice(span.start, span.end), style: "plain", span };
    case "string":
      return stringNode(node, text);
    case "list":
    case "tuple": {
      const items = node.elements.map((item) => toNode(item, text, depth + 1));
      return { kind: "sequence", items, span };
    }
    case "dict": {
      const entries = node.entries.flatMap(({ key, value }) =>
        key?.kind === "string" && key.value !== undefined
          ? [{ ...keyOf(key.value, key, text), value: toNode(value, text, depth + 1) }]
          : [],
      );
      return { kind: "mapping", entries, span };
    }
    case "call":
      return callNode(node, text, depth);
    default:
      return { kind: "unknown", span };
  }
}

function stringNode(node: Expression & { readonly kind: "string" }, text: string): ConfigNode {
  const { span, value } = node;
  const mark = text.charAt(span.start);
  if (value === undefined || (mark !== '"' && mark !== "'")) return { kind: "unknown", span };
  const style = mark === '"' ? "double-quoted" : "single-quoted";
  return { kind: "scalar", text: value, style, span };
}

function keyOf(key: string, { span }: Expression, text: string): Step {
  const isQuoted = text.charAt(span.start) === '"' || text.charAt(span.start) === "'";
  return { key, keySpan: isQuoted ? insideQuotes(text, span) : span };
}

/** `dict(a=1)` and `L(Class)(a=1)`; other calls compute something. */
function callNode(call: CallExpression, text: string, depth: number): ConfigNode {
  const { callee, span } = call;
  const isLazy = callee.kind === "call" && callee.arguments.length === 1;
  const isDict = callee.kind === "name" && callee.id === "dict";
  if (!isLazy && !isDict) return { kind: "unknown", span };
  const entries = call.arguments.flatMap(({ name, nameSpan, value }) =>
    name === undefined || nameSpan === undefined
      ? []
      : [{ key: name, keySpan: nameSpan, value: toNode(value, text, depth + 1) }],
  );
  return { kind: "mapping", entries, span };
}
