/** Files share their vocabulary; past this the memory of it starts over. */
const MOST_REMEMBERED = 50_000;

/** `read`, with what it says of each name remembered: it must depend on nothing else. */
export function byName<Value>(read: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before.value;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const value = read(name);
    known.set(name, { value });
    return value;
  };
}
