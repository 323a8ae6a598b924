import type { Span } from "../../../core/protocol/span.ts";
import type { Home } from "../project/imported-definition.ts";
import type { CallExpression, ClassStatement, Expression } from "../syntax/python/ast.ts";
import type { LayerPlace } from "./class-bases.ts";
import type { NamePattern } from "./name-pattern.ts";

/** A module or parameter, as the code that makes it tells. */
export type MadeModule = {
  readonly span: Span;
  readonly home: Home;
} & (
  | { readonly kind: "class"; readonly owner: ClassStatement; readonly place: LayerPlace }
  /** `Sequential`, `ModuleList`, `ModuleDict`, `ParameterList` … */
  | { readonly kind: "container"; readonly items: readonly Item[] }
  /** A layer of a library; what is inside is known for some. */
  | {
      readonly kind: "layer";
      readonly className: string;
      readonly call: CallExpression;
      readonly place: LayerPlace;
    }
  | { readonly kind: "parameter" }
  /** Something that may hold parameters of any name. */
  | { readonly kind: "unknown" }
);

/** One or several elements of a container. */
export interface Item {
  readonly value: Expression;
  readonly place: LayerPlace;
  /** Where it has one of its own. */
  readonly key?: NamePattern | undefined;
  /** How many elements it stands for, `undefined` where the code does not tell. */
  readonly times: number | undefined;
  /** True where it is only there in some cases, or again and again. */
  readonly isSometimes: boolean;
}

/** The elements of a container with the names that they have in it. */
export function namedItems(
  items: readonly Item[],
): readonly { readonly name: NamePattern; readonly item: Item }[] {
  let from = 0;
  let isExact = true;
  return items.map((item) => {
    const { key, times, isSometimes } = item;
    const to = isExact && times !== undefined && !isSometimes ? from + times : Infinity;
    const name = key ?? { kind: "index" as const, from, to };
    if (times === undefined || isSometimes) isExact = false;
    else from += times;
    return { name, item };
  });
}
