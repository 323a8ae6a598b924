import type { ConfigDialect } from "./config-dialect.ts";
import type { DialectKey } from "./dialect-key.ts";
import { type ConfigPath, matchesPath } from "./path-pattern.ts";

/** What the tool says about the key at `path`; `undefined` for keys that it does not define there. */
export function dialectKeyAt(
  dialect: ConfigDialect | undefined,
  path: ConfigPath,
): DialectKey | undefined {
  const holder = path.slice(0, -1);
  const section = dialect?.sections.find(({ at }) => matchesPath(at, holder));
  return section?.keys.find(({ name }) => name === path.at(-1));
}
