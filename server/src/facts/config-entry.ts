import type { ConfigDialect } from "../config/config-dialect.ts";
import type { ConfigEntryView } from "../config/config-entries.ts";
import { configView, type Loader } from "../config/config-view.ts";
import { CONFIG_MENTIONS, mayBeConfig } from "../config/may-be-config.ts";
import { matchesPath } from "../config/path-pattern.ts";
import type { Extractor } from "./extractor.ts";

/** One key or list value of a config file, with what is known of those who read it. */
export interface ConfigEntryFact extends ConfigEntryView {
  readonly kind: "configEntry";
  readonly dialect: ConfigDialect | undefined;
  /** Who turns the text into values. */
  readonly loader: Loader;
  /** Whether the value is converted to the type of its key after loading. */
  readonly isTyped: boolean;
}

export const configEntryFacts: Extractor<ConfigEntryFact> = {
  kind: "configEntry",
  languages: ["yaml", "json", "toml", "python"],
  pythonMentions: CONFIG_MENTIONS,
  extract(syntax, document) {
    if (!mayBeConfig(document)) return [];
    const view = configView(syntax, document);
    if (view === undefined) return [];
    const { entries, dialect, loader } = view;
    return entries.map((entry) => ({
      ...entry,
      kind: "configEntry",
      dialect,
      loader,
      isTyped: dialect !== undefined && isTypedAt(dialect, entry),
    }));
  },
};

function isTypedAt(dialect: ConfigDialect, { path }: ConfigEntryView): boolean {
  return dialect.isTyped && !dialect.untyped.some((at) => matchesPath(`${at}.**`, path));
}
