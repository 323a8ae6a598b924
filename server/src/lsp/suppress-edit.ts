import type { Language } from "../engine/document.ts";
import type { Finding } from "../engine/finding.ts";
import type { LineIndex } from "../engine/line-index.ts";
import type { Edit } from "../engine/rule.ts";

/** The parts of a document that a comment is put into. */
interface Commentable {
  readonly text: string;
  readonly language: Language | undefined;
  readonly languageId: string;
  readonly lines: LineIndex;
}

const EXISTING = /normlens:\s*ignore\[([^\]]*)/;
/** Lines that must stay on top: interpreter, encoding, strict mode, the magic of a notebook's cell. */
const PREAMBLE = /^(#!|#.*coding[:=]|["']use \w+["'];?$|%%)/;

/** How a comment starts; `undefined` where the language has none. */
function marker({ language, languageId }: Commentable): string | undefined {
  if (language === "json") return languageId === "jsonc" ? "//" : undefined;
  return language === "javascript" ? "//" : "#";
}

/**
 * Edit that silences a finding on its line: into a list that is there, or as a new comment behind
 * the code. `undefined` where no comment can stand.
 */
export function suppressOnLine(document: Commentable, finding: Finding): Edit | undefined {
  const mark = marker(document);
  const { line } = document.lines.positionAt(finding.span.start);
  const { start, end } = document.lines.lineSpan(line);
  const code = document.text.slice(start, end);
  if (mark === undefined || code.endsWith("\\")) return undefined;
  const existing = EXISTING.exec(code);
  if (existing !== null) {
    const at = start + existing.index + existing[0].length;
    const separator = existing[1]?.trim() === "" ? "" : ", ";
    return { span: { start: at, end: at }, newText: `${separator}${finding.code}` };
  }
  const at = start + code.trimEnd().length;
  const newText = `  ${mark} normlens: ignore[${finding.code}]`;
  return { span: { start: at, end }, newText };
}

/** Edit that silences a rule in the whole document. */
export function suppressInFile(document: Commentable, finding: Finding): Edit | undefined {
  const mark = marker(document);
  if (mark === undefined) return undefined;
  let line = 0;
  while (PREAMBLE.test(lineText(document, line))) line += 1;
  const { start } = document.lines.lineSpan(line);
  return {
    span: { start, end: start },
    newText: `${mark} normlens: ignore-file[${finding.code}]\n`,
  };
}

function lineText({ text, lines }: Commentable, line: number): string {
  const { start, end } = lines.lineSpan(line);
  return text.slice(start, end);
}
