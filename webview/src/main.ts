import "@vscode/codicons/dist/codicon.css";
import "./style/theme.css";
import "./style/page.css";
import "./style/controls.css";
import "./style/figures.css";
import "./style/sweep.css";
import "./style/weights.css";
import "./style/go-to-line.css";
import "./style/run-origin.css";
import "./style/embeddings.css";
import "./style/lambda-path.css";
import "./style/compare.css";
import { faultText } from "../../core/protocol/decoder.ts";
import { decodeToPage, type FromPage } from "../../core/protocol/webview.ts";
import { connectHost } from "./host.ts";
import { curvesRequest } from "./layout/curves-request.ts";
import { createStore, type Store } from "./store/create-store.ts";
import { type Action, type Intent, initialState, type PanelState } from "./store/panel-state.ts";
import { reduce } from "./store/reduce.ts";
import { parseViewSettings } from "./store/view-settings.ts";
import { watchTheme } from "./theme/theme.ts";
import { registerToolkit } from "./ui/toolkit.ts";
import { Page } from "./views/page.ts";
import { WeightFilePage } from "./views/weight-file-page.ts";

const CLOCK_MS = 1000;

function start(): void {
  registerToolkit();
  const host = connectHost();
  const store = createStore<PanelState, Action>(
    reduce,
    initialState(parseViewSettings(host.kept)),
    (run) => requestAnimationFrame(run),
  );
  const dispatch = (intent: Intent): void => store.dispatch({ type: "reader", intent });
  const { kind } = document.body.dataset;
  const context = { dispatch, send: host.send };
  const page = kind === "weight-file" ? new WeightFilePage(context) : new Page(context);
  document.getElementById("app")?.replaceChildren(page.element);
  page.update(store.state());
  let kept = store.state().settings;
  store.subscribe((state) => {
    page.update(state);
    if (state.settings === kept) return;
    kept = state.settings;
    host.keep(kept);
  });
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const message = decodeToPage(data);
    store.dispatch(
      message.ok
        ? { type: "host", message: message.value, nowMs: Date.now() }
        : {
            type: "fault",
            message: `The panel was sent what it cannot show: ${faultText(message)}`,
          },
    );
  });
  watchTheme(() => page.repaint());
  setInterval(() => page.tick(store.state()), CLOCK_MS);
  host.send({ type: "ready" });
  if (kind !== "weight-file") followCurves(store, host.send);
}

/** Tells the worker which part of the curves is in view, whenever that changes. */
function followCurves(
  { state, subscribe }: Pick<Store<PanelState, Action>, "state" | "subscribe">,
  send: (message: FromPage) => void,
): void {
  let asked = "";
  const ask = (): void => {
    const { innerWidth, devicePixelRatio } = window;
    const request = curvesRequest(state(), { width: innerWidth, ratio: devicePixelRatio });
    const text = JSON.stringify(request);
    if (text === asked) return;
    asked = text;
    send(request);
  };
  subscribe(ask);
  ask();
  window.addEventListener("resize", ask);
}

start();
