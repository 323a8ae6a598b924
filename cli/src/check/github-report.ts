import type { Severity } from "../../../core/protocol/severity.ts";
import type { CheckReport } from "./check-report.ts";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

const escapeData = (text: string) =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string) =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** Workflow commands that GitHub shows as annotations on the changed lines. */
export function githubReport(report: CheckReport): string {
  return report.files
    .flatMap((file) =>
      file.findings.map((finding) => {
        const { code, name, severity, line, column, endLine, endColumn, message } = finding;
        const columns = line === endLine ? `,col=${column},endColumn=${endColumn}` : "";
        const title = escapeProperty(`${code} ${name}`);
        const place = `file=${escapeProperty(file.path)},line=${line},endLine=${endLine}${columns}`;
        return `::${COMMANDS[severity]} ${place},title=${title}::${escapeData(message)}\n`;
      }),
    )
    .join("");
}
