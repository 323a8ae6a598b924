/**
 * Python syntax as the analysis sees it: a typed tree over UTF-16 spans.
 *
 * The tree is total: what the parser could not read becomes an `error` node, and everything
 * around it is kept, so half-typed code still yields facts. Parentheses are not nodes: a span
 * covers its own expression without the parentheses around it.
 */
import type { Span } from "../../../../core/protocol/span.ts";

interface Node {
  readonly span: Span;
}

export interface NameExpression extends Node {
  readonly kind: "name";
  readonly id: string;
}
export interface NumberExpression extends Node {
  readonly kind: "number";
  /** NaN for complex literals. */
  readonly value: number;
  readonly text: string;
}
export interface StringExpression extends Node {
  readonly kind: "string";
  /** `undefined` for f-strings and bytes. */
  readonly value: string | undefined;
  /** Expressions inside the braces of f-strings; empty for others. */
  readonly interpolations: readonly Expression[];
}
/** True, False, None and `...`. */
export interface ConstantExpression extends Node {
  readonly kind: "constant";
  readonly value: true | false | null | "ellipsis";
}
export interface AttributeExpression extends Node {
  readonly kind: "attribute";
  readonly value: Expression;
  readonly attribute: string;
  readonly attributeSpan: Span;
}
export interface SubscriptExpression extends Node {
  readonly kind: "subscript";
  readonly value: Expression;
  /** Several for `x[i, j]`. */
  readonly indices: readonly Expression[];
}
export interface SliceExpression extends Node {
  readonly kind: "slice";
  readonly lower: Expression | undefined;
  readonly upper: Expression | undefined;
  readonly step: Expression | undefined;
}
export interface Argument extends Node {
  /** `undefined` for positional arguments. */
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  readonly splat: "none" | "*" | "**";
  readonly value: Expression;
}
export interface CallExpression extends Node {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** From `(` to `)`, both included. */
  readonly argumentsSpan: Span;
}
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "//"
  | "%"
  | "**"
  | "@"
  | "<<"
  | ">>"
  | "&"
  | "|"
  | "^";
export interface BinaryExpression extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}
export interface BooleanExpression extends Node {
  readonly kind: "boolean";
  readonly operator: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
}
export interface UnaryExpression extends Node {
  readonly kind: "unary";
  readonly operator: "+" | "-" | "~" | "not" | "await";
  readonly operand: Expression;
}
export type CompareOperator =
  | "<"
  | "<="
  | ">"
  | ">="
  | "=="
  | "!="
  | "in"
  | "not in"
  | "is"
  | "is not";
export interface CompareExpression extends Node {
  readonly kind: "compare";
  readonly left: Expression;
  /** `a < b <= c` has two. */
  readonly comparisons: readonly {
    readonly operator: CompareOperator;
    readonly operatorSpan: Span;
    readonly right: Expression;
  }[];
}
export interface ConditionalExpression extends Node {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface SequenceExpression extends Node {
  readonly kind: "tuple" | "list" | "set";
  readonly elements: readonly Expression[];
}
export interface DictExpression extends Node {
  readonly kind: "dict";
  /** `key` is `undefined` for `**rest`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}
export interface ComprehensionExpression extends Node {
  readonly kind: "comprehension";
  readonly form: "list" | "set" | "dict" | "generator";
  /** Value of a dict comprehension. */
  readonly element: Expression;
  readonly key: Expression | undefined;
  readonly clauses: readonly {
    readonly target: Expression;
    readonly iterable: Expression;
    readonly conditions: readonly Expression[];
  }[];
}
export interface LambdaExpression extends Node {
  readonly kind: "lambda";
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface StarredExpression extends Node {
  readonly kind: "starred";
  readonly value: Expression;
}
/** `name := value` inside an expression. */
export interface NamedExpression extends Node {
  readonly kind: "named";
  readonly target: NameExpression;
  readonly value: Expression;
}
export interface YieldExpression extends Node {
  readonly kind: "yield";
  readonly value: Expression | undefined;
}
export interface ErrorExpression extends Node {
  readonly kind: "error";
}

export type Expression =
  | NameExpression
  | NumberExpression
  | StringExpression
  | ConstantExpression
  | AttributeExpression
  | SubscriptExpression
  | SliceExpression
  | CallExpression
  | BinaryExpression
  | BooleanExpression
  | UnaryExpression
  | CompareExpression
  | ConditionalExpression
  | SequenceExpression
  | DictExpression
  | ComprehensionExpression
  | LambdaExpression
  | StarredExpression
  | NamedExpression
  | YieldExpression
  | ErrorExpression;

export interface Parameter extends Node {
  readonly name: string;
  readonly splat: "none" | "*" | "**";
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
}

/** `a = b = value`, `a: T = value`; also the slip `a := value` as a statement, see `operator`. */
export interface AssignStatement extends Node {
  readonly kind: "assign";
  readonly targets: readonly Expression[];
  readonly annotation: Expression | undefined;
  /** `undefined` for a bare annotation. */
  readonly value: Expression | undefined;
  /** `:=` is a syntax error as a statement; it is read as the assignment it was meant to be. */
  readonly operator: "=" | ":=";
}
export interface AugmentedAssignStatement extends Node {
  readonly kind: "augmented";
  readonly target: Expression;
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly value: Expression;
}
export interface ExpressionStatement extends Node {
  readonly kind: "expression";
  readonly value: Expression;
}
export interface FunctionStatement extends Node {
  readonly kind: "function";
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}
export interface ClassStatement extends Node {
  readonly kind: "class";
  readonly name: string;
  readonly nameSpan: Span;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}
export interface ForStatement extends Node {
  readonly kind: "for";
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface WhileStatement extends Node {
  readonly kind: "while";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface IfStatement extends Node {
  readonly kind: "if";
  readonly test: Expression;
  readonly body: readonly Statement[];
  /** An `elif` is an `if` alone in here. */
  readonly otherwise: readonly Statement[];
}
export interface WithStatement extends Node {
  readonly kind: "with";
  readonly items: readonly {
    readonly context: Expression;
    readonly target: Expression | undefined;
  }[];
  readonly body: readonly Statement[];
}
export interface TryStatement extends Node {
  readonly kind: "try";
  /** try, except, else and finally bodies in source order. */
  readonly bodies: readonly (readonly Statement[])[];
  /** Exception classes of the `except` clauses. */
  readonly expressions: readonly Expression[];
  /** Names that `except … as name` binds. */
  readonly targets: readonly NameExpression[];
}
export interface ReturnStatement extends Node {
  readonly kind: "return";
  readonly value: Expression | undefined;
}
export interface ImportStatement extends Node {
  readonly kind: "import";
  /** `import a.b as c`: module "a.b", alias "c". `from m import x as y`: module "m", name "x", alias "y"; name "*" for all. */
  readonly names: readonly {
    readonly module: string;
    readonly name: string | undefined;
    readonly alias: string | undefined;
    readonly span: Span;
  }[];
}
/** pass, break, continue, del, global, nonlocal, assert, raise, match, type: only their expressions matter. */
export interface OtherStatement extends Node {
  readonly kind: "other";
  readonly keyword: string;
  readonly expressions: readonly Expression[];
  /** Nested blocks, for `match`. */
  readonly bodies: readonly (readonly Statement[])[];
  /** Names that the statement binds, unbinds or takes from outside: `match` captures, `del`, `global`, `nonlocal`. */
  readonly targets: readonly NameExpression[];
}

export type Statement =
  | AssignStatement
  | AugmentedAssignStatement
  | ExpressionStatement
  | FunctionStatement
  | ClassStatement
  | ForStatement
  | WhileStatement
  | IfStatement
  | WithStatement
  | TryStatement
  | ReturnStatement
  | ImportStatement
  | OtherStatement;

export interface Comment extends Node {
  /** Without the leading `#`. */
  readonly text: string;
}

export interface PythonModule {
  readonly text: string;
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  /** Spans the parser had to skip or invent. */
  readonly errors: readonly Span[];
}
