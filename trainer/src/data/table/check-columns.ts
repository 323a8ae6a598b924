import { dataFault } from "../../data-fault.ts";

/** @throws {UserError} If a column has no name, or a name is there twice. */
export function checkColumns(file: string, columns: readonly string[]): void {
  const seen = new Map<string, number>();
  for (const [index, name] of columns.entries()) {
    if (name === "") {
      throw dataFault(
        file,
        `column ${index + 1} has no name`,
        "Name every column in the first row",
      );
    }
    const before = seen.get(name);
    if (before !== undefined) {
      throw dataFault(
        file,
        `columns ${before + 1} and ${index + 1} are both named \`${name}\``,
        "Give every column a name of its own",
      );
    }
    seen.set(name, index);
  }
}
