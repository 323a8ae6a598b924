import type { SyntaxNode } from "@lezer/common";
import type { ImportStatement, Statement } from "../python/ast.ts";
import { childNamed, childrenOf, type Lowering, spanOf, stringValue, textOf } from "./lowering.ts";

type ImportedName = ImportStatement["names"][number];

const TENSORFLOW = /^@tensorflow\/tfjs(?:-(?:core|layers|node|node-gpu|converter|react-native))?$/;

/** All parts of TensorFlow.js are one library; other packages must not be taken for Python's. */
function moduleName(source: string): string {
  return TENSORFLOW.test(source) ? "tfjs" : `npm.${source.replaceAll(/\W+/g, "_")}`;
}

/** `import * as tf from "@tensorflow/tfjs"` and its kin. */
export function importStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const source = childNamed(node, "String");
  const module = source === undefined ? requiredBehind(node, lowering) : moduleOf(source, lowering);
  if (module === undefined) return [];
  const names = childrenOf(node).flatMap((child): readonly ImportedName[] => {
    if (child.name === "ImportGroup") return groupNames(child, module, lowering);
    return child.name === "VariableDefinition" ? [wholeModule(child, module, lowering)] : [];
  });
  return names.length === 0 ? [] : [{ kind: "import", names, span: spanOf(node) }];
}

function moduleOf(source: SyntaxNode, lowering: Lowering): string | undefined {
  const value = stringValue(source, lowering);
  return value === undefined ? undefined : moduleName(value);
}

/** `import tf = require("…")`, which the parser takes for two statements. */
function requiredBehind(node: SyntaxNode, lowering: Lowering): string | undefined {
  const call = node.nextSibling?.firstChild;
  return call ? requiredModule(call, lowering) : undefined;
}

/** `* as tf`, and `tf` as bundlers read the default import of a package without one. */
const wholeModule = (node: SyntaxNode, module: string, lowering: Lowering): ImportedName => ({
  module,
  name: undefined,
  alias: textOf(node, lowering),
  span: spanOf(node),
});

function groupNames(
  group: SyntaxNode,
  module: string,
  lowering: Lowering,
): readonly ImportedName[] {
  let name: SyntaxNode | undefined;
  return childrenOf(group).flatMap((child): readonly ImportedName[] => {
    if (child.name === "VariableName") name = child;
    if (child.name === ",") name = undefined;
    if (child.name !== "VariableDefinition") return [];
    const imported = textOf(name ?? child, lowering);
    const alias = textOf(child, lowering);
    return [{ module, name: imported, alias, span: spanOf(child) }];
  });
}

/** The package of `require("…")` and of `await import("…")`. */
export function requiredModule(node: SyntaxNode, lowering: Lowering): string | undefined {
  if (node.name === "AwaitExpression") {
    const load = childNamed(node, "DynamicImport");
    const source = load && childNamed(load, "String");
    return source && moduleOf(source, lowering);
  }
  const [callee, list] = childrenOf(node);
  const isRequire =
    node.name === "CallExpression" &&
    callee?.name === "VariableName" &&
    textOf(callee, lowering) === "require";
  const source = isRequire && list?.name === "ArgList" ? childNamed(list, "String") : undefined;
  return source && moduleOf(source, lowering);
}

/** `const tf = require("…")` and `const {layers} = require("…")`. */
export function requireStatement(
  pattern: SyntaxNode,
  module: string,
  span: Statement["span"],
  lowering: Lowering,
): ImportStatement | undefined {
  if (pattern.name === "VariableDefinition") {
    return { kind: "import", names: [wholeModule(pattern, module, lowering)], span };
  }
  if (pattern.name !== "ObjectPattern") return undefined;
  const names = childrenOf(pattern).flatMap((property): readonly ImportedName[] => {
    const bound = childNamed(property, "VariableDefinition");
    const key = childNamed(property, "PropertyName") ?? bound;
    if (property.name !== "PatternProperty" || bound === undefined || key === undefined) return [];
    const alias = textOf(bound, lowering);
    return [{ module, name: textOf(key, lowering), alias, span: spanOf(bound) }];
  });
  return { kind: "import", names, span };
}
