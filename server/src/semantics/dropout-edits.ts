import type { Edit } from "../engine/rule.ts";
import type { CallExpression, ClassStatement } from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { expressionsOf, type ModelView, ownAttributes } from "./model-view.ts";
import type { PythonProgram } from "./python-program.ts";

/** Edits that put dropout before the last layer; `undefined` where the model is not that plain. */
export function dropoutEdits(
  view: ModelView,
  layers: readonly CallExpression[] | undefined,
  program: PythonProgram,
): readonly Edit[] | undefined {
  const last = layers?.at(-1);
  // Dropout in front of the only layer would drop inputs.
  if (last === undefined || (layers?.length ?? 0) < 2) return undefined;
  const module = modulePrefix(last, program);
  const name = program.qualifiedName(last.callee);
  const isOutput = name === "torch.nn.Linear" || name === "keras.layers.Dense";
  if (module === undefined || !isOutput) return undefined;
  const dropout = `${module}Dropout(0.5)`;
  if (view.kind === "built") return inSequence(view.call, last, dropout);
  const [model] = view.kind === "classes" ? view.classes : [];
  return model === undefined ? undefined : inClass(model, last, dropout, program);
}

/** `nn.` of `nn.Linear(…)`. */
function modulePrefix(call: CallExpression, program: PythonProgram): string | undefined {
  const { callee } = call;
  if (callee.kind !== "attribute") return undefined;
  return program.module.text.slice(callee.span.start, callee.attributeSpan.start);
}

/** `Sequential(a, b)` or `Sequential([a, b])`, where the last layer is the last element. */
function inSequence(
  call: CallExpression,
  last: CallExpression,
  dropout: string,
): readonly Edit[] | undefined {
  const values = call.arguments.map(({ value }) => value);
  const elements = values[0]?.kind === "list" ? values[0].elements : values;
  if (!elements.slice(1).includes(last)) return undefined;
  return [{ span: { start: last.span.start, end: last.span.start }, newText: `${dropout}, ` }];
}

/** A new attribute after the last layer's, and its use around the input of that layer. */
function inClass(
  model: ClassStatement,
  last: CallExpression,
  dropout: string,
  program: PythonProgram,
): readonly Edit[] | undefined {
  const attributes = ownAttributes(model);
  const attribute = attributes.find(({ value }) => value === last)?.name;
  if (attribute === undefined || attributes.some(({ name }) => name === "dropout"))
    return undefined;
  const statement = [...statementsIn(model.body)].find(
    (candidate) => candidate.kind === "assign" && candidate.value === last,
  );
  const uses = expressionsOf([model]).flatMap((node) =>
    node.kind === "call" && isOwnAttribute(node, attribute) ? [node] : [],
  );
  const input = uses.length === 1 ? uses[0]?.arguments[0] : undefined;
  const indent = statement === undefined ? undefined : indentOf(statement.span.start, program);
  if (statement === undefined || input === undefined || indent === undefined) return undefined;
  const at = (offset: number) => ({ start: offset, end: offset });
  return [
    { span: at(statement.span.end), newText: `\n${indent}self.dropout = ${dropout}` },
    { span: at(input.span.start), newText: "self.dropout(" },
    { span: at(input.span.end), newText: ")" },
  ];
}

function isOwnAttribute({ callee }: CallExpression, attribute: string): boolean {
  return (
    callee.kind === "attribute" &&
    callee.attribute === attribute &&
    callee.value.kind === "name" &&
    callee.value.id === "self"
  );
}

/** Blanks before a statement that begins its line. */
export function indentOf(offset: number, program: PythonProgram): string | undefined {
  const { text } = program.module;
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return before.trim() === "" ? before : undefined;
}
