import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import type { LayerPlace } from "./class-bases.ts";
import { ANY_NAME, type NamePattern, textName } from "./name-pattern.ts";
import { valuesOfName } from "./placed-values.ts";

/** The name that an expression gives: a text, or an f-string, `"a" + str(i)`, `"conv%d" % i` of known parts. */
export function writtenPattern(node: Expression | undefined, place: LayerPlace): NamePattern {
  if (node === undefined) return ANY_NAME;
  // Modules are numbered by `str(i)`; a text needs no such call.
  if (isCallOfStr(node)) return { kind: "index", from: 0, to: Number.POSITIVE_INFINITY };
  const pieces = piecesOf(node, place);
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? textName(only) : { kind: "pieces", pieces };
}

const isCallOfStr = (node: Expression): boolean =>
  node.kind === "call" && node.callee.kind === "name" && node.callee.id === "str";

const UNKNOWN: readonly string[] = ["", ""];

function piecesOf(node: Expression, place: LayerPlace): readonly string[] {
  switch (node.kind) {
    case "string":
      return node.value === undefined ? formatted(node, place) : [node.value];
    case "number":
      return [node.text];
    case "binary":
      return ofBinary(node, place);
    case "call":
      return ofFormat(node);
    case "name": {
      const [only, ...others] = valuesOfName(node, place);
      const isKnown = only?.value.kind === "string" && others.length === 0;
      return isKnown ? piecesOf(only.value, only.place) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** `"conv" + str(i)`, `"conv%d" % i` */
function ofBinary(
  { operator, left, right }: Extract<Expression, { kind: "binary" }>,
  place: LayerPlace,
): readonly string[] {
  if (operator === "+") return joined(piecesOf(left, place), piecesOf(right, place));
  const text = operator === "%" && left.kind === "string" ? left.value : undefined;
  return text === undefined ? UNKNOWN : text.split(/%\d*[ds]/);
}

/** `"conv{}".format(i)` */
function ofFormat({ callee }: CallExpression): readonly string[] {
  const isFormat = callee.kind === "attribute" && callee.attribute === "format";
  const text = isFormat && callee.value.kind === "string" ? callee.value.value : undefined;
  return text === undefined ? UNKNOWN : text.split(/\{[^{}]*\}/);
}

function joined(a: readonly string[], b: readonly string[]): readonly string[] {
  const [first = "", ...others] = b;
  return [...a.slice(0, -1), `${a.at(-1) ?? ""}${first}`, ...others];
}

/** What stands between the braces of an f-string. */
function formatted(
  { span, interpolations }: Extract<Expression, { kind: "string" }>,
  place: LayerPlace,
): readonly string[] {
  if (interpolations.length === 0) return UNKNOWN;
  const { text } = place.home.program.module;
  const pieces: string[] = [];
  let from = span.start;
  for (const part of interpolations) {
    pieces.push(text.slice(from, part.span.start));
    from = part.span.end;
  }
  pieces.push(text.slice(from, span.end));
  const quote = /^[a-zA-Z]*("""|'''|"|')/.exec(pieces[0] ?? "");
  if (quote === null) return UNKNOWN;
  const [opening, mark = ""] = quote;
  return pieces.map((piece, index) => {
    const isLast = index === pieces.length - 1;
    const start = index === 0 ? opening.length : piece.indexOf("}") + 1;
    const end = isLast ? piece.length - mark.length : piece.lastIndexOf("{");
    return piece.slice(start, Math.max(start, end));
  });
}
