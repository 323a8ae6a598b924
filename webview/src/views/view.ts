import type { FromPage } from "../../../core/protocol/webview.ts";
import type { Intent, PanelState } from "../store/panel-state.ts";

/** What a view can do besides showing the state. */
export interface ViewContext {
  readonly dispatch: (intent: Intent) => void;
  readonly send: (message: FromPage) => void;
  /** Tells screen readers. */
  readonly say: (text: string) => void;
}

/** A part of the page. `update` is called with every new state while the part is visible. */
export interface View {
  readonly element: HTMLElement;
  readonly update: (state: PanelState) => void;
  /** The theme has changed: canvases must be painted again. */
  readonly repaint: () => void;
}
