/** What leads from the panel to code and back. */
import { objectOf, oneOf, text } from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";

/** Select a layer in the Weights tab. */
export interface CodeToPage {
  readonly type: "layer/show";
  readonly layer: string;
}

/** Go to the line that makes a layer. */
export interface CodeAction {
  readonly type: "layer/go-to";
  readonly layer: string;
}

export const CODE_TO_PAGE: MessageDecoders<CodeToPage> = {
  "layer/show": objectOf({ type: oneOf("layer/show"), layer: text }),
};

export const CODE_ACTIONS: MessageDecoders<CodeAction> = {
  "layer/go-to": objectOf({ type: oneOf("layer/go-to"), layer: text }),
};
