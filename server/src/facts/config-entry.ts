import type { ConfigDialect } from "../config/config-dialect.ts";
import { type ConfigEntryView, configEntries } from "../config/config-entries.ts";
import { detectDialect } from "../config/detect-dialect.ts";
import { isExperimentFile } from "../config/is-experiment-file.ts";
import { matchesPath } from "../config/path-pattern.ts";
import type { LintDocument } from "../engine/document.ts";
import type { YamlLoader } from "../project/project-facts.ts";
import type { Extractor } from "./extractor.ts";

/** Who turns the text of a config into values. JSON and TOML leave no choice. */
export type Loader = YamlLoader | "json" | "toml";

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
  languages: ["yaml", "json", "toml"],
  extract(syntax, document) {
    if (syntax.language === "python" || isExperimentFile(document.path)) return [];
    const entries = configEntries(syntax.tree);
    const dialect = detectDialect(document.path, syntax.language, entries);
    const loader = loaderOf(document, dialect);
    return entries.map((entry) => ({
      ...entry,
      kind: "configEntry",
      dialect,
      loader,
      isTyped: dialect !== undefined && isTypedAt(dialect, entry),
    }));
  },
};

/** Code that opens the file knows better than its looks. */
function loaderOf(document: LintDocument, dialect: ConfigDialect | undefined): Loader {
  if (document.language === "json" || document.language === "toml") return document.language;
  const seen = document.project.loaderOf(document.path);
  return seen === undefined || seen === "unknown" ? (dialect?.loader ?? "unknown") : seen;
}

function isTypedAt(dialect: ConfigDialect, { path }: ConfigEntryView): boolean {
  return dialect.isTyped && !dialect.untyped.some((at) => matchesPath(`${at}.**`, path));
}
