import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { groupLayers, type LayerGroup, nameInGroup } from "./layer-table.ts";

/** A row of the layer table. */
export type LayerItem =
  | {
      readonly kind: "group";
      readonly key: string;
      readonly group: LayerGroup;
      readonly isCollapsed: boolean;
    }
  | {
      readonly kind: "layer";
      readonly key: string;
      readonly row: LayerRow;
      /** Without its group's name where the group stands above it. */
      readonly name: string;
      readonly isInGroup: boolean;
    };

function groupKey(name: string): string {
  return `group ${name}`;
}

export function layerKey(layer: string): string {
  return `layer ${layer}`;
}

/** Rows in the model's order: groups with what they hold, unless they are folded. */
export function groupedItems(
  layers: readonly LayerRow[],
  collapsedGroups: readonly string[],
): readonly LayerItem[] {
  const collapsed = new Set(collapsedGroups);
  return groupLayers(layers).flatMap((group): LayerItem[] => {
    if (group.name === "") return group.rows.map(flatItem);
    const isCollapsed = collapsed.has(group.name);
    const head = { kind: "group", key: groupKey(group.name), group, isCollapsed } as const;
    const members = isCollapsed ? [] : group.rows;
    return [
      head,
      ...members.map((row) => ({
        ...flatItem(row),
        name: nameInGroup(row.layer),
        isInGroup: true,
      })),
    ];
  });
}

/** Rows in the order given, under their full names. */
export function flatItems(layers: readonly LayerRow[]): readonly LayerItem[] {
  return layers.map(flatItem);
}

function flatItem(row: LayerRow): LayerItem & { readonly kind: "layer" } {
  const { layer } = row;
  return { kind: "layer", key: layerKey(layer), row, name: layer, isInGroup: false };
}

/** True where both would be drawn the same: the same tensor, or a group of the same sums. */
export function isSameItem(before: LayerItem, after: LayerItem): boolean {
  if (before === after) return true;
  if (before.kind === "layer" && after.kind === "layer") {
    return before.name === after.name && isSameRow(before.row, after.row);
  }
  if (before.kind !== "group" || after.kind !== "group") return false;
  const { totals } = after.group;
  const sums = Object.entries(before.group.totals);
  return (
    before.isCollapsed === after.isCollapsed &&
    sums.every(([name, value]) => new Map(Object.entries(totals)).get(name) === value)
  );
}

/** Every message brings new objects: only what they hold tells whether a row has changed. */
function isSameRow(before: LayerRow, after: LayerRow): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
