/** At most `most` items, evenly chosen, the first and the last among them. */
export function evenlyChosen<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  if (most < 2) return items.slice(items.length - Math.max(0, most));
  const chosen = Array.from({ length: most }, (_, index) =>
    Math.round((index * (items.length - 1)) / (most - 1)),
  );
  return items.filter((_, index) => chosen.includes(index));
}
