import type { LayerRow } from "../../../../core/protocol/panel/weights.ts";
import type { FittedColumn } from "../../layout/fitting-columns.ts";
import type { LayerItem } from "../../layout/layer-items.ts";
import type { SortKey } from "../../layout/layer-sort.ts";
import type { LayerGroup } from "../../layout/layer-table.ts";

export type LayerItemOf<Kind extends LayerItem["kind"]> = Extract<LayerItem, { kind: Kind }>;

/** What stands in a cell. */
export interface Cell {
  readonly content: string | readonly (Node | string)[];
  readonly className?: string;
  readonly title?: string;
}

/** A column of the layer table; its id is also the class of its cells, `col-<id>`. */
export interface LayerColumn extends FittedColumn {
  readonly title: string;
  /** The title in words, with what the number means. */
  readonly hint: string;
  readonly isLeft?: true;
  /** It has cells though the tensor's values have not been read yet. */
  readonly isKnownAtOnce?: true;
  /** It is left out where no tensor has such a number. */
  readonly isOptional?: true;
  readonly cell: (row: LayerRow, item: LayerItemOf<"layer">) => Cell | string;
  readonly groupCell?: (group: LayerGroup, item: LayerItemOf<"group">) => Cell | string;
  /** What layers are sorted by; in a copied table the number in full. */
  readonly sortKey: SortKey;
  /** Name of that number where it is not what the title says. */
  readonly copyTitle?: string;
}
