import { PANEL_TABS, type PanelTab } from "../../../core/protocol/panel/run.ts";
import type { PanelState } from "../store/panel-state.ts";
import { announcer } from "../ui/announcer.ts";
import { element } from "../ui/element.ts";
import { tabs } from "../ui/tabs.ts";
import { CompareView } from "./compare.ts";
import { CurvesView } from "./curves.ts";
import { EmbeddingsView } from "./embeddings.ts";
import { HeaderView } from "./header.ts";
import { LambdaPathView } from "./lambda-path.ts";
import { NoticesView } from "./notices.ts";
import { RunChips } from "./run-chips.ts";
import type { View, ViewContext } from "./view.ts";
import { WeightsView } from "./weights.ts";

const TITLES: Readonly<Record<PanelTab, string>> = {
  curves: "Curves",
  weights: "Weights",
  embeddings: "Embeddings",
  path: "λ path",
  compare: "Compare",
};

const VIEWS: Readonly<Record<PanelTab, (context: ViewContext) => View>> = {
  curves: (context) => new CurvesView(context),
  weights: (context) => new WeightsView(context),
  embeddings: (context) => new EmbeddingsView(context),
  path: (context) => new LambdaPathView(context),
  compare: (context) => new CompareView(context),
};

/** The whole page: header, notices, tabs, and the view of the selected tab, made when first seen. */
export class Page implements View {
  readonly element: HTMLElement;
  readonly #context: ViewContext;
  readonly #header: HeaderView;
  readonly #chips: RunChips;
  readonly #notices: NoticesView;
  readonly #tabs;
  readonly #panels: Readonly<Record<PanelTab, HTMLElement>>;
  readonly #views = new Map<PanelTab, View>();

  constructor({ dispatch, send }: Omit<ViewContext, "say">) {
    const voice = announcer();
    this.#context = { dispatch, send, say: voice.say };
    this.#header = new HeaderView(this.#context);
    this.#chips = new RunChips(this.#context);
    this.#notices = new NoticesView(this.#context);
    this.#tabs = tabs(
      "Views of the run",
      PANEL_TABS.map((id) => ({ id, title: TITLES[id] })),
      (tab) => dispatch({ type: "tab/select", tab }),
    );
    this.#panels = {
      curves: panel("curves"),
      weights: panel("weights"),
      embeddings: panel("embeddings"),
      path: panel("path"),
      compare: panel("compare"),
    };
    this.element = element(
      "main",
      { className: "page" },
      this.#header.element,
      this.#chips.element,
      this.#notices.element,
      this.#tabs.element,
      ...PANEL_TABS.map((id) => this.#panels[id]),
      voice.element,
    );
  }

  update(state: PanelState): void {
    const { tab } = state.settings;
    this.#header.update(state);
    this.#chips.update(state);
    this.#notices.update(state);
    this.#tabs.select(tab);
    for (const id of PANEL_TABS) this.#panels[id].hidden = id !== tab;
    this.#viewOf(tab).update(state);
  }

  /** Renews what changes with the clock alone. */
  tick(state: PanelState): void {
    this.#header.tick(state);
  }

  repaint(): void {
    for (const view of this.#views.values()) view.repaint();
  }

  #viewOf(tab: PanelTab): View {
    const known = this.#views.get(tab);
    if (known !== undefined) return known;
    const made = VIEWS[tab](this.#context);
    this.#views.set(tab, made);
    this.#panels[tab].append(made.element);
    return made;
  }
}

function panel(id: PanelTab): HTMLElement {
  return element("div", {
    className: "tab-panel",
    attributes: { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}` },
  });
}
