import type { Language, LintDocument } from "../engine/document.ts";
import { isCode, type Syntax } from "../facts/extractor.ts";
import type { YamlLoader } from "../project/project-facts.ts";
import type { ConfigTree } from "../syntax/config/config-tree.ts";
import type { ConfigDialect } from "./config-dialect.ts";
import { type ConfigEntryView, configEntries } from "./config-entries.ts";
import { detectDialect } from "./detect-dialect.ts";
import { isExperimentFile } from "./is-experiment-file.ts";
import { pythonConfig } from "./python-config.ts";

/** Who turns the text of a config into values. JSON, TOML and Python leave no choice. */
export type Loader = YamlLoader | "json" | "toml" | "python";

/** A config file with its tool and its reader. */
export interface ConfigView {
  readonly tree: ConfigTree;
  readonly entries: readonly ConfigEntryView[];
  readonly dialect: ConfigDialect | undefined;
  readonly loader: Loader;
}

const views = new WeakMap<object, ConfigView | undefined>();

/**
 * A document as a config; computed once a parse. `undefined` for experiment files, which have
 * their own checks, and for Python that is no config of a known tool.
 */
export function configView(syntax: Syntax, document: LintDocument): ConfigView | undefined {
  const key = isCode(syntax) ? syntax.program : syntax.tree;
  if (!views.has(key)) views.set(key, viewOf(syntax, document));
  return views.get(key);
}

function viewOf(syntax: Syntax, document: LintDocument): ConfigView | undefined {
  const { path, language, text } = document;
  if (isExperimentFile(path) || language === "javascript") return undefined;
  const tree = isCode(syntax) ? pythonConfig(syntax.program, text) : syntax.tree;
  const entries = configEntries(tree);
  const dialect = detectDialect(path, language, entries, text);
  if (language === "python" && dialect === undefined) return undefined;
  return { tree, entries, dialect, loader: loaderOf(language, document, dialect) };
}

/** Code that opens the file knows better than its looks. */
function loaderOf(
  language: Exclude<Language, "javascript">,
  { path, project }: LintDocument,
  dialect: ConfigDialect | undefined,
): Loader {
  if (language !== "yaml") return language;
  const seen = project.loaderOf(path);
  return seen === undefined || seen === "unknown" ? (dialect?.loader ?? "unknown") : seen;
}
