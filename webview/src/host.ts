import type { FromPage } from "../../core/protocol/webview.ts";

/** VS Code's side of the page. `getState` returns what an earlier page of this panel kept. */
interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What the page needs from the outside; tests pass plain objects. */
export interface Host {
  readonly send: (message: FromPage) => void;
  readonly kept: unknown;
  readonly keep: (state: unknown) => void;
}

function viewOf(state: unknown): unknown {
  return typeof state === "object" && state !== null && "view" in state ? state.view : undefined;
}

/**
 * May be called once per page: VS Code hands out its API a single time.
 *
 * What is kept names the run's folder too: a panel that VS Code restores has nothing else to tell
 * which run it showed.
 */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  const { folder } = document.body.dataset;
  const kept = viewOf(api.getState());
  const keep = (view: unknown): void => api.setState({ folder, view });
  keep(kept);
  return { send: (message) => api.postMessage(message), kept, keep };
}
