import type { Tree } from "@lezer/common";
import type { Span } from "../../../../core/protocol/span.ts";

/** A node of the parser's tree with its children at hand. Keywords and punctuation are nodes too. */
export interface RawNode {
  /** Name in the grammar; of a keyword or a punctuation mark the text itself. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly isError: boolean;
  readonly children: readonly RawNode[];
}

export interface RawTree {
  readonly root: RawNode;
  readonly comments: readonly Span[];
  readonly errors: readonly Span[];
}

/** Copies the tree in one pass without recursion: its depth is the user's, not ours. */
export function rawTree(tree: Tree): RawTree {
  const comments: Span[] = [];
  const errors: Span[] = [];
  const top: RawNode[] = [];
  const open: RawNode[][] = [top];
  tree.iterate({
    enter({ type, from: start, to: end }) {
      if (type.name === "Comment") {
        comments.push({ start, end });
        return false;
      }
      if (type.isError) errors.push({ start, end });
      const children: RawNode[] = [];
      open.at(-1)?.push({ name: type.name, start, end, isError: type.isError, children });
      open.push(children);
      return true;
    },
    leave({ type }) {
      if (type.name !== "Comment") open.pop();
    },
  });
  const empty = { name: "Script", start: 0, end: 0, isError: false, children: [] };
  return { root: top[0] ?? empty, comments, errors };
}
