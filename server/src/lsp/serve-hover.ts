import type { Hover } from "vscode-languageserver";
import { experimentHover } from "../config/experiment-hover.ts";
import { isExperimentFile } from "../config/is-experiment-file.ts";
import { lambdaMarkdown } from "../lambda/lambda-markdown.ts";
import { findingHover } from "./finding-hover.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";
import type { SourceDocument } from "./source-document.ts";
import { toRange } from "./to-diagnostic.ts";

/** What the schema says about a key of an experiment file. */
function schemaHover(document: SourceDocument, offset: number): Hover | null {
  if (!isExperimentFile(document.uri)) return null;
  const hover = experimentHover(document.text, offset);
  return hover === undefined
    ? null
    : {
        contents: { kind: "markdown", value: hover.markdown },
        range: toRange(hover.span, document.lines),
      };
}

/** Objective, time scale and equivalents of the λ below the pointer. */
async function lambdaHover(
  { lambdas }: Session,
  document: SourceDocument,
  offset: number,
): Promise<Hover | null> {
  const lambda = await lambdas.at(document, { start: offset, end: offset });
  return lambda === undefined
    ? null
    : {
        contents: { kind: "markdown", value: lambdaMarkdown(lambda.described) },
        range: toRange(lambda.fact.span, document.lines),
      };
}

/** One hover of several, the first on top; its range is the first's. */
function stacked(hovers: readonly (Hover | null)[]): Hover | null {
  const shown = hovers.filter((hover) => hover !== null);
  const [first] = shown;
  if (first === undefined) return null;
  const texts = shown.map(({ contents }) =>
    typeof contents === "object" && "value" in contents ? contents.value : "",
  );
  return { ...first, contents: { kind: "markdown", value: texts.join("\n\n---\n\n") } };
}

/** Explains the finding below the pointer, then the key of an experiment file, then the λ. */
export function serveHover(session: Session): void {
  const { connection, documents, analysis, pageOf, log } = session;
  connection.onHover(
    guarded(log, "Hover", null, async ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      if (document === undefined) return null;
      const offset = document.lines.offsetAt(position);
      const findings = await analysis.findings(document);
      const finding = findingHover({ document, findings, offset, pageOf });
      const schema = finding === null ? schemaHover(document, offset) : null;
      return stacked([finding, schema, await lambdaHover(session, document, offset)]);
    }),
  );
}
