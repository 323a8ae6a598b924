import type { Syntax } from "../facts/extractor.ts";
import { pythonProgram } from "../semantics/resolve.ts";
import { parseJson } from "../syntax/config/json.ts";
import { parseToml } from "../syntax/config/toml.ts";
import { parseYaml } from "../syntax/config/yaml.ts";
import { type JavaScriptDialect, parseJavaScript } from "../syntax/javascript/parse.ts";
import { parsePython } from "../syntax/python/parse.ts";
import type { LintDocument } from "./document.ts";
import { MOST_CHARACTERS } from "./size-limits.ts";

/** Parses a document from scratch; one of more than {@link MOST_CHARACTERS} is read as empty. */
export function parse({ language, path, text }: LintDocument): Syntax {
  const read = text.length > MOST_CHARACTERS[language] ? "" : text;
  switch (language) {
    case "python":
      return { language, program: pythonProgram(parsePython(read)) };
    case "javascript": {
      const module = parseJavaScript(read, dialectOf(path));
      return { language, program: pythonProgram(module, language) };
    }
    case "yaml":
      return { language, tree: parseYaml(read) };
    case "json":
      return { language, tree: parseJson(read) };
    case "toml":
      return { language, tree: parseToml(read) };
  }
}

/** By the extension; a document without one may be in any. */
function dialectOf(path: string): JavaScriptDialect {
  if (/\.[cm]?ts$/i.test(path)) return "ts";
  return /\.(?:jsx|[cm]?js)$/i.test(path) ? "jsx" : "tsx";
}
