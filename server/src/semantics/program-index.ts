import type {
  BinaryExpression,
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  ImportStatement,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { blocksOf, childExpressions, ownExpressions } from "../syntax/python/walk.ts";
import type { PythonProgram } from "./python-program.ts";

/** A call and what it stands in. */
export interface CallSite {
  readonly call: CallExpression;
  /** `undefined` for calls of local functions and methods. */
  readonly qualifiedName: string | undefined;
  /** Last name of the callee: `fit` of `model.fit`. */
  readonly name: string | undefined;
  readonly statement: Statement;
  /** Functions and classes around it, outermost first. */
  readonly within: readonly (FunctionStatement | ClassStatement)[];
}

/** What facts ask a document for, gathered in one walk. */
export interface ProgramIndex {
  readonly calls: readonly CallSite[];
  /** Those that a statement itself makes, not the statements in its blocks. */
  callsOf(statement: Statement): readonly CallSite[];
  readonly names: readonly { readonly node: NameExpression; readonly site: Site }[];
  /** All names that are used. */
  readonly ids: ReadonlySet<string>;
  readonly imports: readonly ImportStatement[];
  readonly statements: readonly Site[];
  /** Methods of all classes, by name. */
  readonly methods: ReadonlyMap<string, readonly FunctionStatement[]>;
  /** Values of all string literals. */
  readonly strings: ReadonlySet<string>;
  /** Names of all attributes. */
  readonly attributes: ReadonlySet<string>;
  /** Operators between two operands. */
  readonly operators: ReadonlySet<BinaryExpression["operator"]>;
}

export interface Site {
  readonly statement: Statement;
  readonly within: readonly (FunctionStatement | ClassStatement)[];
}

const indexes = new WeakMap<PythonProgram, ProgramIndex>();

/** The index of a program; computed once a version, as several extractors ask for it. */
export function programIndex(program: PythonProgram): ProgramIndex {
  const known = indexes.get(program);
  if (known !== undefined) return known;
  const index = indexOf(program);
  indexes.set(program, index);
  return index;
}

function indexOf(program: PythonProgram): ProgramIndex {
  const calls: CallSite[] = [];
  const callsByStatement = new Map<Statement, CallSite[]>();
  const names: { node: NameExpression; site: Site }[] = [];
  const ids = new Set<string>();
  const imports: ImportStatement[] = [];
  const statements: Site[] = [];
  const strings = new Set<string>();
  const attributes = new Set<string>();
  const operators = new Set<BinaryExpression["operator"]>();

  const visitExpression = (node: Expression, site: Site): void => {
    switch (node.kind) {
      case "name":
        names.push({ node, site });
        ids.add(node.id);
        return;
      case "number":
      case "constant":
        return;
      case "attribute":
        attributes.add(node.attribute);
        visitExpression(node.value, site);
        return;
      case "call": {
        const { callee } = node;
        const { statement, within } = site;
        const qualifiedName = program.qualifiedName(callee);
        const found = { call: node, qualifiedName, name: lastName(callee), statement, within };
        calls.push(found);
        const own = callsByStatement.get(statement);
        if (own === undefined) callsByStatement.set(statement, [found]);
        else own.push(found);
        visitExpression(callee, site);
        for (const { value } of node.arguments) visitExpression(value, site);
        return;
      }
      case "binary":
        operators.add(node.operator);
        visitExpression(node.left, site);
        visitExpression(node.right, site);
        return;
      default:
        if (node.kind === "string" && node.value !== undefined) strings.add(node.value);
        for (const child of childExpressions(node)) visitExpression(child, site);
    }
  };
  const visitBlock = (block: readonly Statement[], within: Site["within"]) => {
    for (const statement of block) {
      const site = { statement, within };
      statements.push(site);
      if (statement.kind === "import") imports.push(statement);
      for (const root of ownExpressions(statement)) visitExpression(root, site);
      const isScope = statement.kind === "function" || statement.kind === "class";
      const inner = isScope ? [...within, statement] : within;
      for (const body of blocksOf(statement)) visitBlock(body, inner);
    }
  };
  visitBlock(program.module.body, []);
  const methods = methodsAmong(statements);
  const callsOf = (statement: Statement) => callsByStatement.get(statement) ?? [];
  const words = { ids, strings, attributes, operators };
  return { calls, callsOf, names, imports, statements, methods, ...words };
}

function methodsAmong(sites: readonly Site[]): Map<string, FunctionStatement[]> {
  const methods = new Map<string, FunctionStatement[]>();
  for (const { statement } of sites) {
    if (statement.kind !== "class") continue;
    for (const member of statement.body) {
      if (member.kind !== "function") continue;
      const known = methods.get(member.name);
      if (known === undefined) methods.set(member.name, [member]);
      else known.push(member);
    }
  }
  return methods;
}

/** `fit` of `model.fit`, `Adam` of `Adam`. */
export function lastName(node: Expression): string | undefined {
  if (node.kind === "attribute") return node.attribute;
  return node.kind === "name" ? node.id : undefined;
}
