import type { Span } from "../../../core/protocol/span.ts";
import type { ConfigNode, ConfigTree } from "../syntax/config/config-tree.ts";
import type { ConfigPath } from "./path-pattern.ts";

interface Place {
  readonly keySpan: Span | undefined;
  readonly value: ConfigNode | undefined;
}

/**
 * Where to show a remark on the key or value at `path`: the scalar itself, or the key of a
 * collection, which may run over many lines. For a path that is not in the file, the nearest key
 * around it; the start of the file when there is none.
 */
export function spanAtPath(tree: ConfigTree, path: ConfigPath, at: "key" | "value"): Span {
  let place: Place = { keySpan: undefined, value: tree.roots[0] };
  let keySpan: Span | undefined;
  for (const step of path) {
    const child = childOf(place.value, step);
    if (child === undefined) return keySpan ?? { start: 0, end: 0 };
    place = child;
    keySpan = child.keySpan ?? keySpan;
  }
  const { value } = place;
  const isShort = value?.kind === "scalar" || place.keySpan === undefined;
  if (at === "value" && value !== undefined && isShort) return value.span;
  return keySpan ?? { start: 0, end: 0 };
}

function childOf(node: ConfigNode | undefined, step: string | number): Place | undefined {
  if (node?.kind === "mapping") {
    const entry = node.entries.find(({ key }) => key === String(step));
    return entry === undefined ? undefined : { keySpan: entry.keySpan, value: entry.value };
  }
  if (node?.kind !== "sequence" || typeof step !== "number") return undefined;
  const value = node.items[step];
  return value === undefined ? undefined : { keySpan: undefined, value };
}
