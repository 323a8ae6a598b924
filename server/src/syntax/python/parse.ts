import { type Tree, TreeFragment } from "@lezer/common";
import { parser } from "@lezer/python";
import type { PythonModule } from "./ast.ts";
import { isExpression, lowerExpression } from "./lower-expression.ts";
import { lowerBlock } from "./lower-statement.ts";
import type { Lowering } from "./lowering.ts";
import { parserInput } from "./parser-input.ts";
import { rawTree } from "./raw-tree.ts";

/** A replacement in a text: `length` characters inserted where `start` to `end` was. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** A parsed text together with what makes parsing its next version cheap. */
export interface PythonSource {
  readonly module: PythonModule;
  /** Only for `reparsePython`. */
  readonly tree: Tree;
}

/** Syntax of `text`. Total: any string gives a module, with what could not be read in `errors`. */
export function parsePython(text: string): PythonModule {
  return parsePythonSource(text).module;
}

export function parsePythonSource(text: string): PythonSource {
  return lower(text, parser.parse(parserInput(text)));
}

/**
 * Parses the version of a text that follows `previous`; the same result as parsing it fresh.
 *
 * @param changes One after the other, each in offsets of the text that the ones before it left,
 *   as an editor reports them.
 */
export function reparsePython(
  previous: PythonSource,
  text: string,
  changes: readonly TextChange[],
): PythonSource {
  let fragments = TreeFragment.addTree(previous.tree);
  for (const { start, end, length } of changes) {
    fragments = TreeFragment.applyChanges(fragments, [
      { fromA: start, toA: end, fromB: start, toB: start + length },
    ]);
  }
  return lower(text, parser.parse(parserInput(text), fragments));
}

/** What lowering a text begins with: how each part of the grammar reaches the others. */
function newLowering(text: string): Lowering {
  const context: Lowering = {
    text,
    depth: 0,
    expression: (node) => lowerExpression(node, context),
    isExpression,
    block: (nodes) => lowerBlock(nodes, context),
  };
  return context;
}

function lower(text: string, tree: Tree): PythonSource {
  const { root, comments, errors } = rawTree(tree);
  const module = {
    text,
    body: lowerBlock(root.children, newLowering(text)),
    comments: comments.map((span) => ({ text: text.slice(span.start + 1, span.end), span })),
    errors,
  };
  return { module, tree };
}
