import { type Alias, type Document, visit } from "yaml";

export interface YamlFault {
  /** Where in the text, in UTF-16 units. */
  readonly offset: number;
  readonly message: string;
}

/** What is wrong with a text as YAML: the first fault alone, for the others follow from it. */
export function yamlFault(document: Document.Parsed): YamlFault | undefined {
  const [error] = document.errors;
  if (error !== undefined) {
    const message =
      error.code === "MULTIPLE_DOCS"
        ? "a second YAML document starts here; an experiment file holds one"
        : (error.message.split("\n")[0] ?? "").replace(/ at line .*$/, "");
    return { offset: error.pos[0], message };
  }
  try {
    document.toJS();
    return undefined;
  } catch (thrown) {
    // Aliases are only followed when the values are made.
    const alias = danglingAlias(document);
    if (alias === undefined) {
      return { offset: 0, message: thrown instanceof Error ? thrown.message : String(thrown) };
    }
    const message = `there is no anchor \`&${alias.source}\` above this \`*${alias.source}\``;
    return { offset: alias.range?.[0] ?? 0, message };
  }
}

function danglingAlias(document: Document): Alias | undefined {
  const dangling: Alias[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined) dangling.push(alias);
    },
  });
  return dangling[0];
}
