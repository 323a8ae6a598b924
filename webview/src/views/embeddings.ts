import type { EmbeddingView, ProjectionKind } from "../../../core/protocol/panel/embeddings.ts";
import { CosineHistogram } from "../charts/cosine-histogram.ts";
import { Scatter } from "../charts/scatter.ts";
import { type ClassColor, classColors } from "../layout/class-colors.ts";
import { cosineDistribution } from "../layout/cosine-distribution.ts";
import { cosineTable } from "../layout/cosine-table.ts";
import { vectorCount } from "../layout/embedding-count.ts";
import { lastResult } from "../layout/last-result.ts";
import { formatCount, formatShortCount } from "../layout/number-format.ts";
import {
  axisWords,
  progressWords,
  readingWords,
  scatterSummary,
  waitingWords,
} from "../layout/picture-words.ts";
import { type AskedPicture, pictureToAsk } from "../layout/points/asked-picture.ts";
import { type PointSet, pointSet } from "../layout/points/point-set.ts";
import { remapPoints } from "../layout/points/remap-points.ts";
import { isJointPca, type ShownPicture, shownPicture } from "../layout/points/shown-picture.ts";
import { similarityScale } from "../layout/points/similarity.ts";
import type { EmbeddingsState, PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { stepScrubber } from "../ui/step-scrubber.ts";
import { ClassLegend } from "./class-legend.ts";
import { embeddingMeasures } from "./embedding-measures.ts";
import { EmbeddingToolbar, WORST_LINKED } from "./embedding-toolbar.ts";
import { FigureFrame } from "./figure-frame.ts";
import { PairSection } from "./pair-section.ts";
import { PinnedItem } from "./pinned-item.ts";
import { placeholder, readingPlaceholder } from "./placeholder.ts";
import { PlotTools } from "./plot-tools.ts";
import { SimilarityLegend } from "./similarity-legend.ts";
import type { View, ViewContext } from "./view.ts";

const NOTHING = new Int32Array();
const METHOD_NAMES = { pca: "PCA", umap: "UMAP" } as const;

/** Where the modalities' vectors lie to each other, and how well partners find each other. */
export class EmbeddingsView implements View {
  readonly element = element("div", { className: "view embeddings" });
  readonly #context: ViewContext;
  readonly #scatter: Scatter;
  readonly #toolbar: EmbeddingToolbar;
  readonly #tools: PlotTools;
  readonly #classes: ClassLegend;
  readonly #similarity = new SimilarityLegend();
  readonly #card = new PinnedItem();
  readonly #axes = element("div", { className: "explained" });
  readonly #scrubber;
  readonly #pairs: PairSection;
  readonly #measures = element("div", { className: "measures" });
  readonly #cosines = new CosineHistogram();
  readonly #cosineFrame: FigureFrame;
  readonly #page: readonly HTMLElement[];
  readonly #classesOf = lastResult(classesIn);
  readonly #pointsOf = lastResult(pointSet);
  readonly #scaleOf = lastResult(similarityScale);
  readonly #measuresOf = lastResult(embeddingMeasures);
  readonly #linkedOf = lastResult((links: string, ..._of: readonly unknown[]) =>
    this.#linked(links),
  );
  #state: PanelState | undefined;
  #view: EmbeddingView | undefined;
  #picture: ShownPicture | undefined;
  #points: PointSet | undefined;
  #selected: Int32Array = NOTHING;
  #pinned: number | undefined;
  #asked: AskedPicture | undefined;

  constructor(context: ViewContext) {
    this.#context = context;
    const { dispatch, send } = context;
    this.#scatter = new Scatter({
      onPin: (row) => this.#pin(row),
      onSelect: (points) => this.#select(points),
    });
    this.#toolbar = new EmbeddingToolbar(context);
    this.#tools = new PlotTools({
      onTool: (tool) => dispatch({ type: "scatter/set", change: { tool } }),
      onZoom: (by) => this.#scatter.zoomBy(by),
      onFit: () => this.#scatter.fit(),
      onSelectVisible: () => this.#scatter.selectVisible(),
    });
    this.#classes = new ClassLegend({
      onToggle: (label) => dispatch({ type: "class/toggle", label }),
      onPoint: (label) => this.#scatter.emphasize(label),
    });
    this.#pairs = new PairSection({
      onPin: (row) => this.#pin(row),
      onClear: () => this.#select(NOTHING),
      onCopy: (text) => send({ type: "text/copy", text }),
      onDirection: () => this.#refresh(),
    });
    this.#scrubber = stepScrubber("Step of the embeddings", (step) => {
      dispatch({ type: "embeddings/scrub", step });
      const isShown = step === this.#view?.step;
      send({ type: "embeddings/request", step, ...(isShown ? { isShown } : {}) });
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
    const { embeddings, reading } = state;
    if (embeddings === undefined && reading !== undefined) {
      this.element.replaceChildren(readingPlaceholder("embeddings", readingWords(reading)));
      return;
    }
    if (embeddings === undefined || embeddings.view.clouds.length === 0) {
      this.element.replaceChildren(
        placeholder(state, "Embeddings", "the first embedding snapshot is written"),
      );
      return;
    }
    if (this.#page[0]?.parentElement !== this.element) this.element.replaceChildren(...this.#page);
    if (state.run !== this.#state?.run) this.#forget();
    this.#state = state;
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
      element(
        "div",
        { className: "plot-legends" },
        this.#similarity.element,
        this.#classes.element,
      ),
      this.#tools.element,
      this.#card.element,
      this.#axes,
    );
    return [
      this.#toolbar.element,
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

  /** Another run: nothing that was shown or chosen says anything about it. */
  #forget(): void {
    this.#picture = undefined;
    this.#points = undefined;
    this.#selected = NOTHING;
    this.#scatter.reset();
    this.#pin(undefined);
  }

  #refresh(): void {
    if (this.#state !== undefined) this.update(this.#state);
  }

  #show(state: PanelState, embeddings: EmbeddingsState): void {
    const { settings, series } = state;
    const { view } = embeddings;
    const wanted = { ...settings.scatter, step: view.step };
    this.#ask(state, wanted);
    const picture = shownPicture({
      view,
      wanted,
      ...(state.projection === undefined ? {} : { projection: state.projection }),
      ...(state.noProjection === undefined ? {} : { refusal: state.noProjection }),
      ...(this.#picture === undefined ? {} : { before: this.#picture }),
    });
    this.#picture = picture;
    const points = this.#pointsOf(picture.clouds);
    if (this.#points !== undefined) {
      this.#selected = remapPoints(this.#points, points, this.#selected);
    }
    this.#points = points;
    if (view !== this.#view) this.#pin(undefined);
    this.#view = view;
    this.#showPlot(state, view, picture);
    this.#toolbar.update(
      settings,
      embeddings,
      state.reading === undefined
        ? progressWords(picture, METHOD_NAMES[settings.scatter.method])
        : readingWords(state.reading),
    );
    const measures = this.#measuresOf(view, series);
    if (measures[0]?.parentElement !== this.#measures) this.#measures.replaceChildren(...measures);
    this.#showScrubber(state, embeddings, picture);
    this.#showCosines(view, settings.tables.includes("cosine"));
  }

  #showPlot({ header, settings }: PanelState, view: EmbeddingView, picture: ShownPicture): void {
    const points = this.#pointsOf(picture.clouds);
    const classes = this.#classesOf(view.items, header?.classes ?? NO_CLASSES);
    const { hiddenClasses, hiddenModalities, scatter } = settings;
    const scale = scatter.color === "similarity" ? this.#scaleOf(view, points) : undefined;
    this.#pairs.update({ view, classes, hiddenClasses, points, selected: this.#selected });
    this.#scatter.update({
      view,
      points,
      kind: picture.explained === undefined ? "umap" : `pca ${scatter.isGapRemoved}`,
      classes,
      ...(scale === undefined ? {} : { scale }),
      hiddenClasses,
      hiddenModalities,
      selected: this.#selected,
      linked: this.#linkedOf(
        scatter.links,
        this.#selected,
        view,
        points,
        hiddenClasses,
        this.#pairs.direction(),
      ),
      hasHoverLines: scatter.links !== "off",
      tool: scatter.tool,
      summary: scatterSummary(view, picture, classes.length, hiddenModalities),
    });
    this.#classes.update(classes, hiddenClasses);
    this.#classes.element.classList.toggle("uncolored", scale !== undefined);
    this.#similarity.update(scale, points.modalities.length - 1);
    this.#tools.update(scatter.tool);
    this.#axes.textContent = axisWords(picture);
  }

  #linked(links: string): readonly number[] {
    if (links === "worst") return this.#pairs.worstItems(WORST_LINKED);
    return links === "selection" ? this.#pairs.selectedItems() : [];
  }

  #showScrubber(
    { settings, wantedEmbeddingStep, reading, unreadStep }: PanelState,
    { view, steps }: EmbeddingsState,
    picture: ShownPicture,
  ): void {
    const step = wantedEmbeddingStep ?? reading?.step ?? view.step;
    const about =
      step === view.step
        ? vectorCount(view, picture, settings.hiddenModalities)
        : waitingWords(step, unreadStep);
    this.#scrubber.update(steps, step, `step ${formatCount(step)}, ${about}`);
  }

  #ask({ run, projection }: PanelState, { step, method, isGapRemoved }: ProjectionKind): void {
    if (run === undefined) return;
    const wanted = { run, step, method, isGapRemoved };
    const asking = pictureToAsk(wanted, this.#asked, projection);
    if (asking !== undefined) {
      this.#context.send({ type: "embeddings/project", step, method, isGapRemoved });
    }
    this.#asked = asking ?? (isJointPca(wanted) ? undefined : this.#asked);
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

  #select(points: Int32Array): void {
    if (points.length === 0 && this.#selected.length === 0) return;
    this.#selected = points;
    this.#context.say(
      points.length === 0 ? "Nothing selected" : `${formatCount(points.length)} vectors selected`,
    );
    this.#refresh();
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

const NO_CLASSES: readonly string[] = [];

function classesIn(items: EmbeddingView["items"], declared: readonly string[]): ClassColor[] {
  return classColors(items, declared);
}
