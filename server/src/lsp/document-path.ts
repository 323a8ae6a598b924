import { fileURLToPath } from "node:url";

/** Schemes of read-only old versions; what is wrong in them cannot be mended there. */
const HISTORY_SCHEMES: ReadonlySet<string> = new Set([
  "git",
  "gitlens",
  "svn",
  "hg",
  "scm-history",
]);

function schemeOf(uri: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase() ?? "";
}

/** True for documents that are somebody's past, such as the left side of a comparison. */
export function isHistory(uri: string): boolean {
  return HISTORY_SCHEMES.has(schemeOf(uri));
}

/** How VS Code names a cell: the notebook's path, and the cell behind `#`. */
const CELL_SCHEME = "vscode-notebook-cell";

/**
 * Path on this machine, of a cell the path of its notebook; `undefined` for anything but a readable
 * `file:` URI.
 */
export function pathOfUri(uri: string): string | undefined {
  const scheme = schemeOf(uri);
  if (scheme !== "file" && scheme !== CELL_SCHEME) return undefined;
  try {
    return fileURLToPath(uri.replace(`${CELL_SCHEME}:`, "file:").replace(/#.*/, ""));
  } catch (error) {
    // A host name or an escaped slash in it: no path of this machine, so none is claimed.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
