import type { ImportStatement } from "./ast.ts";
import { type Lowering, spanOf, splitAt, textOf, withoutErrors } from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

type ImportedName = ImportStatement["names"][number];

/** `import a.b as c` and `from m import (x as y)`. */
export function lowerImport(node: RawNode, context: Lowering): ImportStatement {
  const importAt = node.children.findIndex(({ name }) => name === "import");
  const importNode = node.children[importAt];
  const isFrom = node.children[0]?.name === "from";
  const moduleStart = node.children[0]?.end ?? node.start;
  const compact = (start: number, end: number) =>
    context.text.slice(start, end).replaceAll(/[\s\\]/g, "");
  const from = isFrom ? compact(moduleStart, importNode?.start ?? node.end) : undefined;
  const listed = importNode === undefined ? [] : withoutErrors(node.children.slice(importAt + 1));
  const parts = splitAt(
    listed.filter(({ name }) => name !== "(" && name !== ")"),
    ",",
  );
  const names = parts.flatMap((part): ImportedName[] => {
    const as = part.findIndex(({ name }) => name === "as");
    const [first] = part;
    const path = as < 0 ? part : part.slice(0, as);
    const last = path.at(-1);
    const alias = as < 0 ? undefined : part[as + 1];
    if (first === undefined || last === undefined) return [];
    const name = compact(first.start, last.end);
    return [
      {
        module: from ?? name,
        name: from === undefined ? undefined : name,
        alias: alias === undefined ? undefined : textOf(alias, context),
        span: { start: first.start, end: part.at(-1)?.end ?? last.end },
      },
    ];
  });
  return { kind: "import", names, span: spanOf(node) };
}
