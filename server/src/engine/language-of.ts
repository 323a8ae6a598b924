import type { Language } from "./document.ts";

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map<string, Language>([
  ["py", "python"],
  ["pyi", "python"],
  ["pyw", "python"],
  ...["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts"].map(
    (extension) => [extension, "javascript"] as const,
  ),
  ["yaml", "yaml"],
  ["yml", "yaml"],
  ["json", "json"],
  ["jsonc", "json"],
  ["toml", "toml"],
]);

/** Declarations of types, and what a minifier wrote. */
const GENERATED = /\.(?:d\.[cm]?ts|min\.[cm]?js)$/i;

/** Language of a file by its extension; `undefined` for files that NormLens does not read. */
export function languageOf(path: string): Language | undefined {
  if (GENERATED.test(path)) return undefined;
  const extension = /\.([^./\\]+)$/.exec(path)?.[1];
  return extension === undefined ? undefined : BY_EXTENSION.get(extension.toLowerCase());
}

export function isNotebook(path: string): boolean {
  return /\.ipynb$/i.test(path);
}

/** Whether NormLens reads files of this name. */
export function isCheckable(path: string): boolean {
  return isNotebook(path) || languageOf(path) !== undefined;
}
