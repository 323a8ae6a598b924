/** LOW..HIGH, then `:log`, `:integer` and a number of values, each optional. */
const RANGE = /^(?<low>[^.:,]+(?:\.\d+[^.:,]*)?)\.\.(?<high>[^:,]+)(?<rest>(?::[^:,]+)*)$/;

/**
 * The override of `sweep.vary` that entries `key=VALUES` of a command line stand for, none without
 * entries; an {@link Error} says what is wrong with one.
 *
 * VALUES are `1e-4,1e-3`, a YAML list `[[64], [64, 32]]`, or a range `1e-5..1e-1:log:7`.
 */
export function varyOverride(entries: readonly string[]): readonly string[] | Error {
  const made: string[] = [];
  for (const entry of entries) {
    const equals = entry.indexOf("=");
    const text = entry.slice(equals + 1).trim();
    const values = equals <= 0 || text === "" ? undefined : valuesOf(text);
    if (values === undefined) {
      return new Error(
        `--vary ${entry}: expected key=VALUES, for example penalty.0.lambda=1e-5..1e-1:log or training.batch_size=32,64`,
      );
    }
    made.push(`{ key: ${JSON.stringify(entry.slice(0, equals))}, ${values} }`);
  }
  return made.length === 0 ? [] : [`sweep.vary=[${made.join(", ")}]`];
}

function valuesOf(text: string): string | undefined {
  if (text.startsWith("[")) return `values: ${text}`;
  if (!text.includes("..")) return `values: [${text}]`;
  const { low, high, rest = "" } = RANGE.exec(text)?.groups ?? {};
  if (low === undefined || high === undefined) return undefined;
  const words = rest.split(":").slice(1);
  const count = words.find((word) => /^\d+$/.test(word));
  if (words.some((word) => word !== "log" && word !== "integer" && word !== count))
    return undefined;
  return [
    `low: ${low}, high: ${high}`,
    ...(words.includes("log") ? ["scale: log"] : []),
    ...(words.includes("integer") ? ["integer: true"] : []),
    ...(count === undefined ? [] : [`count: ${count}`]),
  ].join(", ");
}
