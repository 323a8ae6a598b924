import type {
  Expression,
  FunctionStatement,
  NameExpression,
  Parameter,
  PythonModule,
  Statement,
} from "../syntax/python/ast.ts";

/** Where a name got its value, as far as straight-line code tells. */
export type Definition =
  | { readonly kind: "assigned"; readonly value: Expression; readonly statement: Statement }
  /** One of several targets: `a, b = value` gives `b` index 1 of `value`. */
  | {
      readonly kind: "unpacked";
      readonly value: Expression;
      readonly index: number;
      readonly statement: Statement;
    }
  /** Deeper: `(a, b), (c, d) = value` gives `d` the path 1, 1 of `value`. */
  | {
      readonly kind: "nested";
      readonly value: Expression;
      readonly path: readonly number[];
      readonly statement: Statement;
    }
  /** Target of `for … in iterable`, of a loop or of a comprehension; `path` as above, `[]` for the item. */
  | {
      readonly kind: "iterated";
      readonly iterable: Expression;
      readonly path: readonly number[];
    }
  /** `with context as name`. */
  | { readonly kind: "entered"; readonly context: Expression }
  | {
      readonly kind: "parameter";
      readonly function: string;
      readonly parameter: Parameter;
      /** `undefined` for a lambda's. */
      readonly owner: FunctionStatement | undefined;
    }
  | { readonly kind: "imported"; readonly qualifiedName: string }
  | { readonly kind: "defined"; readonly statement: Statement };

/**
 * A parsed Python document with its names resolved; built once a version, shared by all extractors.
 * JavaScript that uses TensorFlow.js is read as the same program in Python would be.
 */
export interface PythonProgram {
  /** What the document is written in, and fixes must be. */
  readonly language: "python" | "javascript";
  readonly module: PythonModule;
  /**
   * Fully qualified name through imports and aliases: `o.Adam` after `import torch.optim as o` is
   * `torch.optim.Adam`. `undefined` for local names, unknown names and anything but name chains.
   * A name that nothing in the document binds is read by convention (`np`, `nn`, `F`, `PCA`, …),
   * as in a snippet or a notebook cell whose imports stand elsewhere.
   */
  qualifiedName(expression: Expression): string | undefined;
  /**
   * The definition that reaches this use. `undefined` when none does or when several may:
   * unknown means silence.
   */
  definition(name: NameExpression): Definition | undefined;
  /** True where nothing in the document binds the name, as in a snippet that begins elsewhere. */
  isUnbound(name: NameExpression): boolean;
}
