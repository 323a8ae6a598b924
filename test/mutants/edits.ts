import { type Call, callsOf } from "./calls.ts";
import type { Change, Source } from "./mutator.ts";

type Changes = (source: Source) => readonly Change[] | undefined;

/** What stands in place of a match; `undefined` passes on to the next match. */
type Replacement = string | ((match: RegExpMatchArray, source: Source) => string | undefined);

/** Replaces the first match of `pattern` in the code that `by` has something for. */
export function replaced(pattern: RegExp, by: Replacement): Changes {
  const global = new RegExp(pattern.source, `${pattern.flags.replace("g", "")}g`);
  return (source) => {
    for (const match of source.code.matchAll(global)) {
      const start = match.index;
      const end = start + match[0].length;
      const own = source.text.slice(start, end);
      const newText = typeof by === "string" ? own.replace(pattern, by) : by(match, source);
      if (newText !== undefined && newText !== own) return [{ start, end, newText }];
    }
    return undefined;
  };
}

/** The first call of a function so named that `by` has changes for. */
export function inCall(
  name: RegExp,
  by: (call: Call, source: Source) => readonly Change[] | undefined,
): Changes {
  return (source) => {
    for (const call of callsOf(source.code, name)) {
      const changes = by(call, source);
      if (changes !== undefined) return changes;
    }
    return undefined;
  };
}

/** Renames a called function. */
export function renamed(call: Call, newText: string): Change {
  return { start: call.nameEnd - call.lastName.length, end: call.nameEnd, newText };
}

/** Takes the argument out, with the comma before or behind it. */
export function withoutArgument(call: Call, keyword: string): Change | undefined {
  const index = call.arguments.findIndex((argument) => argument.keyword === keyword);
  const argument = call.arguments[index];
  if (argument === undefined) return undefined;
  const before = call.arguments[index - 1];
  const after = call.arguments[index + 1];
  if (before !== undefined) return { start: before.end, end: argument.end, newText: "" };
  return { start: argument.start, end: after?.start ?? argument.end, newText: "" };
}

/** Gives the argument another value; adds it where it is missing. */
export function withArgument(call: Call, keyword: string, value: string): Change {
  const argument = call.arguments.find((item) => item.keyword === keyword);
  if (argument !== undefined) {
    return { start: argument.valueStart, end: argument.end, newText: value };
  }
  const last = call.arguments.at(-1);
  const at = last?.end ?? call.open + 1;
  return { start: at, end: at, newText: `${last === undefined ? "" : ", "}${keyword}=${value}` };
}

export function argument(call: Call, keyword: string): string | undefined {
  return call.arguments.find((item) => item.keyword === keyword)?.value;
}

/** The number that is written there and nowhere computed. */
export function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(text)
    ? Number(text)
    : undefined;
}

/** The whole line at `at`, its newline included. */
export function lineAt(text: string, at: number): { start: number; end: number; text: string } {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const newline = text.indexOf("\n", at);
  const end = newline < 0 ? text.length : newline + 1;
  return { start, end, text: text.slice(start, end) };
}

/** Puts the line of the first match behind the line of the first match of `target` after it. */
export function moved(pattern: RegExp, target: RegExp): Changes {
  const global = new RegExp(pattern.source, `${pattern.flags.replace("g", "")}g`);
  return ({ text, code }) => {
    for (const match of code.matchAll(global)) {
      const line = lineAt(text, match.index);
      const found = target.exec(code.slice(line.end));
      if (found === null) continue;
      const place = lineAt(text, line.end + found.index);
      if (!isOneBlock(code.slice(line.start, place.end))) continue;
      const newText = place.text.endsWith("\n") ? line.text : `\n${line.text}`;
      return [
        { start: line.start, end: line.end, newText: "" },
        { start: place.end, end: place.end, newText },
      ];
    }
    return undefined;
  };
}

/** True where the last line stands in the block of the first one. */
function isOneBlock(lines: string): boolean {
  const indents = lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.search(/\S/));
  return indents.every((indent) => indent >= (indents[0] ?? 0)) && indents[0] === indents.at(-1);
}
