import {
  type Diagnostic,
  Hover,
  type HoverProvider,
  languages,
  MarkdownString,
  workspace,
} from "vscode";
import { effectText } from "./effect-text.ts";
import { type CheckedRun, findingEffects } from "./finding-effect.ts";

/** As the server names itself in its diagnostics. */
const SOURCE = "normlens";
/** Experiments that one hover speaks of. */
const MOST_EFFECTS = 3;

/** Says of a finding how the runs fared that were launched with it; silent where there is nothing to compare. */
export function findingHover(
  runsIn: (root: string) => Promise<readonly CheckedRun[]>,
): HoverProvider {
  return {
    async provideHover({ uri }, position) {
      const root = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
      const here = languages
        .getDiagnostics(uri)
        .filter(({ source, range }) => source === SOURCE && range.contains(position));
      const [first] = here;
      if (root === undefined || first === undefined) return undefined;
      const runs = await runsIn(root);
      const path = workspace.asRelativePath(uri);
      const codes = [...new Set(here.map(codeOf))];
      const texts = codes
        .flatMap((code) => findingEffects({ code, path }, runs))
        .slice(0, MOST_EFFECTS)
        .map(effectText);
      return texts.length === 0
        ? undefined
        : new Hover(new MarkdownString(texts.join("\n\n---\n\n")), first.range);
    },
  };
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
