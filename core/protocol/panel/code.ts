/** What leads from the panel to code and config, and what is known of their changes. */
import { naturalNumber, objectOf, oneOf, text } from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";

/** What has changed since the run was launched. */
export interface RunChanges {
  /** The experiment file, or whatever the run was launched with. */
  readonly config: "same" | "changed" | "gone";
  /** Of a run of code in a repository: how many of its files differ from the commit it was launched at. */
  readonly code?: { readonly commit: string; readonly files: number };
}

export type CodeToPage =
  /** Select a layer in the Weights tab. */
  | { readonly type: "layer/show"; readonly layer: string }
  | { readonly type: "run/changes"; readonly run: string; readonly changes: RunChanges };

export type CodeAction =
  /** Go to the line that makes a layer. */
  | { readonly type: "layer/go-to"; readonly layer: string }
  /** Show the differences side by side. */
  | { readonly type: "run/show-changes"; readonly kind: "config" | "code" }
  /** List what was found when the run was launched. */
  | { readonly type: "run/show-findings" };

export const CODE_TO_PAGE: MessageDecoders<CodeToPage> = {
  "layer/show": objectOf({ type: oneOf("layer/show"), layer: text }),
  "run/changes": objectOf({
    type: oneOf("run/changes"),
    run: text,
    changes: objectOf<RunChanges>(
      {
        config: oneOf("same", "changed", "gone"),
        code: objectOf({ commit: text, files: naturalNumber }),
      },
      ["code"],
    ),
  }),
};

export const CODE_ACTIONS: MessageDecoders<CodeAction> = {
  "layer/go-to": objectOf({ type: oneOf("layer/go-to"), layer: text }),
  "run/show-changes": objectOf({
    type: oneOf("run/show-changes"),
    kind: oneOf("config", "code"),
  }),
  "run/show-findings": objectOf({ type: oneOf("run/show-findings") }),
};
