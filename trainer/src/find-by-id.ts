/** @throws {TypeError} If the schema allows what no module provides. */
export function findById<Entry extends { readonly id: string }>(
  registry: readonly Entry[],
  id: Entry["id"],
): Entry {
  const entry = registry.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new TypeError(`Cannot find ${id} in the trainer's registry`);
  return entry;
}
