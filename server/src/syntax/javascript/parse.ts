import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/javascript";
import type { Span } from "../../../../core/protocol/span.ts";
import type { Comment, Expression, PythonModule, Statement } from "../python/ast.ts";
import { isExpression, lowerExpression } from "./lower-expression.ts";
import { lowerStatement } from "./lower-statement.ts";
import { childrenOf, type Lowering, unknownAt } from "./lowering.ts";
import { reassignedNames } from "./reassigned-names.ts";

/** Deeper trees come from no person; what lies below is read as an error. */
const MOST_DEPTH = 200;

/** `ts` and `tsx` are TypeScript without and with JSX, `jsx` is JavaScript. */
export type JavaScriptDialect = "jsx" | "ts" | "tsx";

const PARSERS = {
  jsx: parser.configure({ dialect: "jsx" }),
  ts: parser.configure({ dialect: "ts" }),
  tsx: parser.configure({ dialect: "ts jsx" }),
} as const;

/**
 * Parses JavaScript and TypeScript into the tree that Python is parsed to, so that one analysis
 * reads both: options in objects are keyword arguments with their names in snake case, `this` is
 * `self`, types are left out. Total: what cannot be read becomes an `error` node.
 */
export function parseJavaScript(text: string, dialect: JavaScriptDialect): PythonModule {
  const tree = PARSERS[dialect].parse(text);
  const errors: Span[] = [];
  const comments: Comment[] = [];
  tree.iterate({
    enter({ type, from, to }) {
      const span = { start: from, end: to };
      if (type.isError) errors.push(span);
      if (type.name === "LineComment") comments.push({ text: text.slice(from + 2, to), span });
      if (type.name === "BlockComment") {
        comments.push({ text: text.slice(from + 2, to).replace(/\*\/$/, ""), span });
      }
    },
  });
  const targets = reassignedNames(tree, text);
  const changing: readonly Statement[] =
    targets.length === 0
      ? []
      : [
          {
            kind: "other",
            keyword: "nonlocal",
            expressions: [],
            bodies: [],
            targets,
            span: { start: 0, end: 0 },
          },
        ];
  return { text, body: [...changing, ...lowered(tree.topNode, text)], comments, errors };
}

function lowered(top: SyntaxNode, text: string): readonly Statement[] {
  const inner: Statement[] = [];
  let depth = 0;
  const deeper = <Result>(read: () => Result, otherwise: Result): Result => {
    if (depth >= MOST_DEPTH) return otherwise;
    depth += 1;
    const result = read();
    depth -= 1;
    return result;
  };
  const statement = (node: SyntaxNode): readonly Statement[] => {
    // Functions in expressions of this statement, not those of the statement around it.
    const waiting = inner.splice(0);
    const own = lowerStatement(node, lowering);
    return [...inner.splice(0, inner.length, ...waiting), ...own];
  };
  const lowering: Lowering = {
    text,
    inner,
    isExpression,
    deeper,
    expression(node, end): Expression {
      if (node === undefined) return unknownAt(end, end);
      const otherwise = unknownAt(node.from, node.to);
      return deeper(() => lowerExpression(node, lowering), otherwise);
    },
    block(node) {
      if (node === undefined) return [];
      const isBlock = node.name === "Block" || node.name === "Script";
      if (!isBlock) return statement(node);
      const children = childrenOf(node);
      // Functions are there before the first statement of their block is run.
      const functions = children.filter(isFunction);
      const others = children.filter((child) => !isFunction(child));
      return [...functions, ...others].flatMap(statement);
    },
  };
  return lowering.block(top);
}

function isFunction(node: SyntaxNode): boolean {
  const declared = node.name === "ExportDeclaration" ? childrenOf(node) : [node];
  return declared.some(({ name }) => name === "FunctionDeclaration");
}
