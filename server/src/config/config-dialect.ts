import type { Language } from "../engine/document.ts";
import type { YamlLoader } from "../project/project-facts.ts";
import type { DialectKey } from "./dialect-key.ts";

/** A mapping of a dialect whose keys are known. */
export interface DialectSection {
  /** Dotted path of the mapping, "" for the root; `*` stands for one key, `**` for any number. */
  readonly at: string;
  /** Keys that regularize; a near miss of one of them is a finding. */
  readonly keys: readonly DialectKey[];
  /** Other keys that are right although they look like one of `keys`. */
  readonly neighbours: readonly string[];
  /** What becomes of a key that the section does not know. */
  readonly unknownKeys: "rejected" | "ignored" | "passed on";
}

/** Keys that are often written where the tool does not look for them. */
export interface MisplacedKeys {
  readonly keys: readonly string[];
  /** Dotted path of the wrong mapping, wildcards as in {@link DialectSection}. */
  readonly at: string;
  /** Dotted path of the mapping where the tool reads them, without wildcards. */
  readonly belongs: string;
  readonly fate: DialectSection["unknownKeys"];
}

/** A tool whose config files can be told by their keys. */
export interface ConfigDialect {
  /** Kebab-case; equals the file name. */
  readonly name: string;
  readonly title: string;
  readonly languages: readonly Language[];
  /** Dotted paths that speak for the dialect, wildcards as in {@link DialectSection}; two must be there. */
  readonly signature: readonly string[];
  /** Whether other tools build on it and share its keys, so that they are meant where both fit. */
  readonly isFoundation: boolean;
  /** Base names of files, which count as one more path of the signature. */
  readonly fileNames: RegExp | undefined;
  /** Who reads the file, `unknown` where that is up to the user's own code. */
  readonly loader: YamlLoader;
  /** Whether values are converted to the type of their key after loading. */
  readonly isTyped: boolean;
  /** Mappings inside a typed file that are passed on as they were loaded. */
  readonly untyped: readonly string[];
  readonly sections: readonly DialectSection[];
  /** Pieces of source text that only this tool's users write; one is enough. */
  readonly marks?: readonly string[];
  readonly misplaced?: readonly MisplacedKeys[];
}
