import type { PanelRequest } from "../../../core/protocol/webview.ts";

/** A run or a weight file that a page shows; nothing is sent to the page after `close`. */
export interface Followed {
  /** Of requests of one type only the last is answered while others are still waiting. */
  request(request: PanelRequest): void;
  /** Folders of the runs that are shown over this one. */
  showOthers(folders: readonly string[]): void;
  close(): void;
}
