import type { Syntax } from "../facts/extractor.ts";
import { pythonProgram } from "../semantics/resolve.ts";
import { parseJson } from "../syntax/config/json.ts";
import { parseToml } from "../syntax/config/toml.ts";
import { parseYaml } from "../syntax/config/yaml.ts";
import { type JavaScriptDialect, parseJavaScript } from "../syntax/javascript/parse.ts";
import { parsePython } from "../syntax/python/parse.ts";
import type { LintDocument } from "./document.ts";

/** Parses a document from scratch. */
export function parse(document: LintDocument): Syntax {
  switch (document.language) {
    case "python":
      return { language: "python", program: pythonProgram(parsePython(document.text)) };
    case "javascript":
      return {
        language: "javascript",
        program: pythonProgram(
          parseJavaScript(document.text, dialectOf(document.path)),
          "javascript",
        ),
      };
    case "yaml":
      return { language: "yaml", tree: parseYaml(document.text) };
    case "json":
      return { language: "json", tree: parseJson(document.text) };
    case "toml":
      return { language: "toml", tree: parseToml(document.text) };
  }
}

/** By the extension; a document without one may be in any. */
function dialectOf(path: string): JavaScriptDialect {
  if (/\.[cm]?ts$/i.test(path)) return "ts";
  return /\.(?:jsx|[cm]?js)$/i.test(path) ? "jsx" : "tsx";
}
