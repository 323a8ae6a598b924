import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { argumentOf, constantNumber } from "./call-arguments.ts";
import { expressionsOf, type ModelView, modelParts } from "./model-view.ts";
import type { PythonProgram } from "./python-program.ts";

/** A regression on so few columns has fewer weights than any data set has rows. */
const MOST_COLUMNS = 100;

const LINEAR = /^(?:torch\.nn\.Linear|keras\.layers\.Dense)$/;
/** What makes many columns out of one, or has weights of its own. */
const WIDENING = /Embedding|Vectorization|Encoding|Crossing|Hashing|Lookup|EinsumDense|Parameter/;

/**
 * True for a regression on few columns, and for a class that is itself a layer: neither is a network
 * that could memorise its data.
 */
export function hasNothingToMemorise(
  view: ModelView,
  layers: readonly CallExpression[] | undefined,
  program: PythonProgram,
): boolean {
  if (view.kind === "classes" && isLayer(view, program)) return true;
  const [only, ...others] = layers ?? [];
  if (only === undefined || others.length > 0) return false;
  const name = program.qualifiedName(only.callee) ?? "";
  if (!LINEAR.test(name) || isWidened(view, program)) return false;
  const size = (keyword: string, position: number) => {
    const argument = argumentOf(only, keyword, position)?.value;
    const number = argument?.kind === "list" ? argument.elements[0] : argument;
    return number && constantNumber(number, program);
  };
  // Keras layers do not say how many columns they get.
  const isKeras = name.startsWith("keras.");
  const columns = isKeras ? 1 : size("in_features", 0);
  const outputs = isKeras ? size("units", 0) : size("out_features", 1);
  return outputs === 1 && columns !== undefined && columns <= MOST_COLUMNS;
}

/** `class Layer(nn.Linear)`, trained by itself. */
function isLayer(view: ModelView & { readonly kind: "classes" }, program: PythonProgram): boolean {
  const [own] = view.classes;
  return (
    own?.bases.some(({ value }) =>
      /^(?:torch\.nn\.(?:Linear|Conv\w+|Embedding)|keras\.layers\.(?:Dense|Conv\w+))$/.test(
        program.qualifiedName(value) ?? "",
      ),
    ) === true
  );
}

function isWidened(view: ModelView, program: PythonProgram): boolean {
  return expressionsMaking(view, program).some(
    (node) => node.kind === "call" && WIDENING.test(program.qualifiedName(node.callee) ?? ""),
  );
}

function expressionsMaking(view: ModelView, program: PythonProgram): readonly Expression[] {
  if (view.kind === "classes") return expressionsOf(view.classes);
  if (view.kind !== "built") return [];
  const nodes = modelParts(view.call, program).flatMap((part) => [...expressionsIn(part)]);
  return nodes.flatMap((node) => {
    const definition = node.kind === "name" ? program.definition(node) : undefined;
    return definition?.kind === "assigned" ? [node, ...expressionsIn(definition.value)] : [node];
  });
}
