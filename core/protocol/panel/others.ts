/** Runs that are shown over the panel's own, in every tab that compares. */
import { flag, listOf, objectOf, oneOf, text } from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";
import { type RunHeader, runHeaderDecoder } from "./run.ts";

export interface OtherRun {
  /** Tells runs apart, also those of one id in two workspaces; nothing else is to be read from it. */
  readonly key: string;
  readonly isBaseline: boolean;
  readonly header: RunHeader;
}

/** All runs that are shown beside `run`, in the order in which the reader chose them. */
export interface OthersToPage {
  readonly type: "others/list";
  readonly run: string;
  readonly others: readonly OtherRun[];
}

/** Take a run out of those that are shown. */
export interface OthersAction {
  readonly type: "others/remove";
  readonly key: string;
}

export const OTHERS_TO_PAGE: MessageDecoders<OthersToPage> = {
  "others/list": objectOf({
    type: oneOf("others/list"),
    run: text,
    others: listOf(objectOf<OtherRun>({ key: text, isBaseline: flag, header: runHeaderDecoder })),
  }),
};

export const OTHERS_ACTIONS: MessageDecoders<OthersAction> = {
  "others/remove": objectOf({ type: oneOf("others/remove"), key: text }),
};
