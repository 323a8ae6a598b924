import type { Syntax } from "../facts/extractor.ts";
import { pythonProgram } from "../semantics/resolve.ts";
import { parseJson } from "../syntax/config/json.ts";
import { parseToml } from "../syntax/config/toml.ts";
import { parseYaml } from "../syntax/config/yaml.ts";
import { parsePython } from "../syntax/python/parse.ts";
import type { LintDocument } from "./document.ts";

/** Parses a document from scratch. */
export function parse(document: LintDocument): Syntax {
  switch (document.language) {
    case "python":
      return { language: "python", program: pythonProgram(parsePython(document.text)) };
    case "yaml":
      return { language: "yaml", tree: parseYaml(document.text) };
    case "json":
      return { language: "json", tree: parseJson(document.text) };
    case "toml":
      return { language: "toml", tree: parseToml(document.text) };
  }
}
