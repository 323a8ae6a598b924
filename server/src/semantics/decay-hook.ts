import type { Span } from "../../../core/protocol/span.ts";
import type { Home } from "../project/imported-definition.ts";
import type { ClassStatement, Expression, FunctionStatement } from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import type { ModelOrigin } from "./model-origin.ts";
import { modelClasses } from "./model-parameters.ts";

/** A method by which a model says what must not decay. */
export interface DecayHook {
  readonly name: string;
  readonly owner: ClassStatement;
  /** Names that it returns, as far as they are written. */
  readonly texts: readonly string[];
  readonly span: Span;
  readonly home: Home;
}

const HOOKS = new Set(["no_weight_decay", "no_weight_decay_keywords"]);

/** The hook of a model's class or of its bases; `undefined` where it names nothing. */
export function decayHook(origin: Extract<ModelOrigin, { kind: "class" }>): DecayHook | undefined {
  for (const { owner, home } of modelClasses(origin)) {
    const method = owner.body.find(
      (item): item is FunctionStatement => item.kind === "function" && HOOKS.has(item.name),
    );
    if (method === undefined) continue;
    const returned = [...statementsIn(method.body)].flatMap((statement) =>
      statement.kind === "return" && statement.value !== undefined ? [statement.value] : [],
    );
    const texts = returned.flatMap(textsIn);
    const isEmpty = returned.every(isEmptyCollection);
    if (isEmpty) return undefined;
    return { name: method.name, owner, texts, span: method.nameSpan, home };
  }
  return undefined;
}

function textsIn(node: Expression): readonly string[] {
  if (node.kind !== "set" && node.kind !== "list" && node.kind !== "tuple") return [];
  return node.elements.flatMap((element) =>
    element.kind === "string" && element.value !== undefined ? [element.value] : [],
  );
}

/** `{}`, `set()`, `[]`, `None` */
function isEmptyCollection(node: Expression): boolean {
  if (node.kind === "dict") return node.entries.length === 0;
  if (node.kind === "list" || node.kind === "tuple") return node.elements.length === 0;
  if (node.kind === "constant") return true;
  const isSet = node.kind === "call" && node.callee.kind === "name" && node.callee.id === "set";
  return isSet && node.arguments.length === 0;
}
