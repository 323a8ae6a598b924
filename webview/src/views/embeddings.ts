import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { CosineHistogram } from "../charts/cosine-histogram.ts";
import { Scatter } from "../charts/scatter.ts";
import { classColors } from "../layout/class-colors.ts";
import { cosineDistribution } from "../layout/cosine-distribution.ts";
import { cosineTable } from "../layout/cosine-table.ts";
import { vectorCount } from "../layout/embedding-count.ts";
import { formatCount, formatPercent, formatShortCount } from "../layout/number-format.ts";
import type { EmbeddingsState, PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { stepScrubber } from "../ui/step-scrubber.ts";
import { ClassLegend } from "./class-legend.ts";
import { embeddingMeasures } from "./embedding-measures.ts";
import { FigureFrame } from "./figure-frame.ts";
import { ModalityLegend } from "./modality-legend.ts";
import { PinnedItem } from "./pinned-item.ts";
import { placeholder } from "./placeholder.ts";
import type { View, ViewContext } from "./view.ts";
import { WorstPairsTable } from "./worst-pairs-table.ts";

/** Where the modalities' vectors lie to each other, and how well partners find each other. */
export class EmbeddingsView implements View {
  readonly element = element("div", { className: "view embeddings" });
  readonly #context: ViewContext;
  readonly #scatter = new Scatter((row) => this.#pin(row));
  readonly #classes: ClassLegend;
  readonly #modalities: ModalityLegend;
  readonly #card = new PinnedItem();
  readonly #explained = element("div", { className: "explained" });
  readonly #scrubber;
  readonly #pairs = new WorstPairsTable((row) => this.#pin(row));
  readonly #measures = element("div", { className: "measures" });
  readonly #cosines = new CosineHistogram();
  readonly #cosineFrame: FigureFrame;
  readonly #about = element("span", { className: "muted" });
  readonly #page: readonly HTMLElement[];
  #view: EmbeddingView | undefined;
  #pinned: number | undefined;

  constructor(context: ViewContext) {
    this.#context = context;
    const { dispatch, send } = context;
    this.#classes = new ClassLegend({
      onToggle: (label) => dispatch({ type: "class/toggle", label }),
      onPoint: (label) => this.#scatter.emphasize(label),
    });
    this.#modalities = new ModalityLegend((modality) =>
      dispatch({ type: "modality/toggle", modality }),
    );
    this.#scrubber = stepScrubber("Step of the embeddings", (step) => {
      dispatch({ type: "embeddings/scrub", step });
      send({ type: "embeddings/request", step });
    });
    this.#cosineFrame = new FigureFrame({
      className: "figure-cosine",
      send,
      onToggleTable: () => dispatch({ type: "table/toggle", figure: "cosine" }),
    });
    this.#card.element.hidden = true;
    this.#page = this.#layOut();
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "[") this.#scrubber.move(-1);
      if (event.key === "]") this.#scrubber.move(1);
    });
  }

  update(state: PanelState): void {
    const { embeddings } = state;
    if (embeddings === undefined || embeddings.view.clouds.length === 0) {
      this.element.replaceChildren(
        placeholder(state, "Embeddings", "the first embedding snapshot is written"),
      );
      return;
    }
    if (this.#page[0]?.parentElement !== this.element) this.element.replaceChildren(...this.#page);
    this.#show(state, embeddings);
  }

  repaint(): void {
    this.#scatter.repaint();
  }

  #layOut(): HTMLElement[] {
    const plot = element(
      "div",
      { className: "scatter-frame" },
      this.#scatter.element,
      this.#classes.element,
      this.#card.element,
      this.#explained,
    );
    return [
      element("div", { className: "toolbar" }, this.#modalities.element, this.#about),
      element(
        "div",
        { className: "embedding-columns" },
        element(
          "div",
          { className: "embedding-main" },
          plot,
          this.#scrubber.element,
          this.#pairs.element,
        ),
        element(
          "aside",
          { className: "embedding-side", attributes: { "aria-label": "Measures" } },
          this.#measures,
          this.#cosineFrame.element,
        ),
      ),
    ];
  }

  #show(
    { header, settings, series, ...state }: PanelState,
    { view, steps }: EmbeddingsState,
  ): void {
    const { hiddenClasses, hiddenModalities } = settings;
    const classes = classColors(view.items, header?.classes ?? []);
    this.#scatter.update({ view, classes, hiddenClasses, hiddenModalities });
    this.#classes.update(classes, hiddenClasses);
    this.#modalities.update(view, hiddenModalities);
    this.#pairs.update({ view, classes, hiddenClasses });
    const [first, second] = view.explained;
    this.#explained.textContent = `PC 1 ${formatPercent(first, 0)}, PC 2 ${formatPercent(second, 0)} of variance`;
    this.#about.textContent = `joint PCA of ${view.dimension} dimensions`;
    const step = state.wantedEmbeddingStep ?? view.step;
    const about = step === view.step ? vectorCount(view, hiddenModalities) : "loading";
    this.#scrubber.update(steps, step, `step ${formatCount(step)}, ${about}`);
    this.#measures.replaceChildren(...embeddingMeasures(view, series));
    this.#showCosines(view, settings.tables.includes("cosine"));
    if (view !== this.#view) this.#pin(undefined);
    this.#view = view;
  }

  #showCosines({ pairs: [pairs], others }: EmbeddingView, isTable: boolean): void {
    this.#cosineFrame.element.hidden = pairs === undefined;
    if (pairs === undefined) return;
    const { from, to, cosines } = pairs;
    const counts = others.find(({ a, b }) => a === from && b === to)?.counts ?? [];
    const title = `Cosine, ${from} and ${to}`;
    const [pairCount, otherCount] = [
      cosines.filter(Number.isFinite).length,
      counts.reduce((sum, count) => sum + count, 0),
    ];
    this.#cosineFrame.setTitle(
      title,
      `${formatCount(pairCount)} pairs, ${formatShortCount(otherCount)} others`,
    );
    const { edges, counts: pairCounts } = cosineDistribution(cosines, counts.length);
    this.#cosineFrame.show(
      this.#cosines.element,
      isTable ? cosineTable(title, edges, pairCounts, counts) : undefined,
    );
    this.#cosines.update({ from, to, cosines, others: counts });
  }

  #pin(row: number | undefined): void {
    if (row === this.#pinned) return;
    this.#pinned = row;
    this.#scatter.pin(row);
    this.#pairs.pin(row);
    if (this.#view === undefined) return;
    const words = this.#card.show(this.#view, row);
    if (words !== "") this.#context.say(words);
  }
}
