import type {
  Argument,
  Expression,
  Parameter,
  PythonModule,
  Statement,
} from "../../server/src/syntax/python/ast.ts";

/**
 * The tree as text with every grouping in parentheses, one statement a line, blocks indented.
 * Two trees print alike only if they mean the same.
 */
export function showPython(module: PythonModule): string {
  return block(module.body, "").join("\n");
}

const list = (items: readonly Expression[]) => items.map(showExpression).join(", ");
const optional = (node: Expression | undefined, before = "") =>
  node === undefined ? "" : before + showExpression(node);

function argument({ name, splat, value }: Argument): string {
  const prefix = name === undefined ? "" : `${name}=`;
  return `${prefix}${splat === "none" ? "" : splat}${showExpression(value)}`;
}

function parameter(node: Parameter): string {
  const splat = node.splat === "none" ? "" : node.splat;
  return `${splat}${node.name}${optional(node.annotation, ": ")}${optional(node.default, "=")}`;
}

export function showExpression(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.id;
    case "number":
      return Number.isNaN(node.value) ? "complex" : String(node.value);
    case "string":
      if (node.value !== undefined) return JSON.stringify(node.value);
      return node.interpolations.length === 0 ? "str" : `f{${list(node.interpolations)}}`;
    case "constant":
      return String(node.value);
    case "attribute":
      return `${showExpression(node.value)}.${node.attribute}`;
    case "subscript":
      return `${showExpression(node.value)}[${list(node.indices)}]`;
    case "slice":
      return `${optional(node.lower)}:${optional(node.upper)}${optional(node.step, ":")}`;
    case "call":
      return `${showExpression(node.callee)}(${node.arguments.map(argument).join(", ")})`;
    case "binary":
    case "boolean":
      return `(${showExpression(node.left)} ${node.operator} ${showExpression(node.right)})`;
    case "unary":
      return `(${node.operator} ${showExpression(node.operand)})`;
    case "compare": {
      const rest = node.comparisons.map(
        ({ operator, right }) => ` ${operator} ${showExpression(right)}`,
      );
      return `(${showExpression(node.left)}${rest.join("")})`;
    }
    case "conditional":
      return `(${showExpression(node.then)} if ${showExpression(node.test)} else ${showExpression(node.otherwise)})`;
    case "tuple":
      return `tuple(${list(node.elements)})`;
    case "list":
      return `[${list(node.elements)}]`;
    case "set":
      return `{${list(node.elements)}}`;
    case "dict":
      return `{${node.entries.map(({ key, value }) => (key === undefined ? `**${showExpression(value)}` : `${showExpression(key)}: ${showExpression(value)}`)).join(", ")}}`;
    case "comprehension": {
      const clauses = node.clauses.map(
        ({ target, iterable, conditions }) =>
          ` for ${showExpression(target)} in ${showExpression(iterable)}${conditions.map((condition) => ` if ${showExpression(condition)}`).join("")}`,
      );
      const key = node.key === undefined ? "" : `${showExpression(node.key)}: `;
      return `${node.form}(${key}${showExpression(node.element)}${clauses.join("")})`;
    }
    case "lambda":
      return `(lambda ${node.parameters.map(parameter).join(", ")}: ${showExpression(node.body)})`;
    case "starred":
      return `*${showExpression(node.value)}`;
    case "named":
      return `(${node.target.id} := ${showExpression(node.value)})`;
    case "yield":
      return `(yield${optional(node.value, " ")})`;
    case "error":
      return "<error>";
  }
}

function block(statements: readonly Statement[], indent: string): string[] {
  return statements.flatMap((statement) => showStatement(statement, indent));
}

function compound(head: string, body: readonly Statement[], indent: string): string[] {
  return [`${indent}${head}:`, ...block(body, `${indent}  `)];
}

function orElse(otherwise: readonly Statement[], indent: string): string[] {
  return otherwise.length === 0 ? [] : compound("else", otherwise, indent);
}

function showStatement(node: Statement, indent: string): string[] {
  const line = (text: string) => [`${indent}${text}`];
  switch (node.kind) {
    case "assign": {
      const targets = node.targets.map(showExpression).join(" = ");
      const value = optional(node.value, ` ${node.operator} `);
      return line(`${targets}${optional(node.annotation, ": ")}${value}`);
    }
    case "augmented":
      return line(`${showExpression(node.target)} ${node.operator}= ${showExpression(node.value)}`);
    case "expression":
      return line(showExpression(node.value));
    case "function":
      return [
        ...node.decorators.flatMap((decorator) => line(`@${showExpression(decorator)}`)),
        ...compound(
          `def ${node.name}(${node.parameters.map(parameter).join(", ")})`,
          node.body,
          indent,
        ),
      ];
    case "class":
      return [
        ...node.decorators.flatMap((decorator) => line(`@${showExpression(decorator)}`)),
        ...compound(
          `class ${node.name}(${node.bases.map(argument).join(", ")})`,
          node.body,
          indent,
        ),
      ];
    case "for": {
      const head = `for ${showExpression(node.target)} in ${showExpression(node.iterable)}`;
      return [...compound(head, node.body, indent), ...orElse(node.otherwise, indent)];
    }
    case "while":
    case "if": {
      const head = `${node.kind} ${showExpression(node.test)}`;
      return [...compound(head, node.body, indent), ...orElse(node.otherwise, indent)];
    }
    case "with": {
      const items = node.items.map(
        ({ context, target }) => showExpression(context) + optional(target, " as "),
      );
      return compound(`with ${items.join(", ")}`, node.body, indent);
    }
    case "try":
      return [
        ...line(`try ${list(node.expressions)} as ${list(node.targets)}`),
        ...node.bodies.flatMap((body) => compound("block", body, indent)),
      ];
    case "return":
      return line(`return${optional(node.value, " ")}`);
    case "import":
      return node.names.flatMap(({ module, name, alias }) =>
        line(`import ${module} ${name ?? "-"} ${alias ?? "-"}`),
      );
    case "other":
      return [
        ...line(
          [node.keyword, list(node.targets), list(node.expressions)].filter(Boolean).join(" "),
        ),
        ...node.bodies.flatMap((body) => compound("block", body, indent)),
      ];
  }
}
