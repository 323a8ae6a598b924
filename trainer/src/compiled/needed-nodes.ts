import type { GraphNode } from "./graph-def.ts";

/** Constants up to this many elements are compared; larger ones are hardly ever equal. */
const COMPARED_ELEMENTS = 16;

/**
 * The nodes that `isRoot` ones depend on, in their order, and of equal small constants the first
 * only: TensorFlow would leave out the others as well, once it had loaded them.
 */
export function neededNodes(
  nodes: readonly GraphNode[],
  isRoot: (node: GraphNode) => boolean,
): readonly GraphNode[] {
  const kept = firstOfEqual(nodes);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const open = nodes.filter(isRoot).map(({ name }) => name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    for (const input of byName.get(name)?.inputs ?? []) {
      open.push(renamed(input, kept).replace("^", "").split(":")[0] ?? "");
    }
  }
  return nodes
    .filter(({ name }) => needed.has(name))
    .map((node) => ({ ...node, inputs: node.inputs.map((input) => renamed(input, kept)) }));
}

/** By the name of a constant the name of the first one that is equal to it. */
function firstOfEqual(nodes: readonly GraphNode[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const kept = new Map<string, string>();
  for (const { name, operation, attributes } of nodes) {
    const { value } = attributes;
    if (operation !== "Const" || value === undefined || !("constant" in value)) continue;
    const { dataType, shape, values } = value.constant;
    if (values.length > COMPARED_ELEMENTS) continue;
    const key = `${dataType}:${shape.join()}:${new Uint8Array(values.slice().buffer).join()}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, name);
    else kept.set(name, known);
  }
  return kept;
}

/** Constants have one output and nothing waits for them, so their names stand alone. */
function renamed(input: string, kept: ReadonlyMap<string, string>): string {
  return kept.get(input) ?? input;
}
