import { stringEnd } from "./scan-string.ts";

/** A Python text taken apart without being parsed. */
export interface CodeParts {
  /** The text without its comments and without what stands in triple quotes; line by line. */
  readonly code: string;
  readonly comments: string;
}

const MARK = /["'#]/g;

/** Takes comments and docstrings out of a text. Total: what is left open ends with its line or the text. */
export function codeParts(text: string): CodeParts {
  const code: string[] = [];
  const comments: string[] = [];
  let from = 0;
  MARK.lastIndex = 0;
  for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
    const { index } = mark;
    const isComment = mark[0] === "#";
    const end = isComment ? lineEnd(text, index) : stringEnd(text, index, text.length);
    if (isComment || text.startsWith(mark[0].repeat(3), index)) {
      code.push(text.slice(from, index));
      if (isComment) comments.push(text.slice(index, end));
      else code.push('""');
      from = end;
    }
    MARK.lastIndex = end;
  }
  code.push(text.slice(from));
  return { code: code.join(""), comments: comments.join("\n") };
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}
