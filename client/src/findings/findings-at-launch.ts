import type { WorkspaceReport } from "../../../core/protocol/lsp.ts";
import type { FindingAtLaunch } from "../../../core/protocol/run-files.ts";

/** More than this tells a reader of the run nothing new and only swells `run.json`. */
export const MOST_FINDINGS = 200;

/** The findings of a report as a run stores them; `relative` turns a URI into a workspace path. */
export function findingsAtLaunch(
  report: WorkspaceReport,
  relative: (uri: string) => string,
): readonly FindingAtLaunch[] {
  return report.files
    .flatMap(({ uri, findings }) =>
      findings.map(({ code, name, message, range }) => ({
        code,
        name,
        path: relative(uri),
        line: range.start.line + 1,
        message,
      })),
    )
    .slice(0, MOST_FINDINGS);
}
