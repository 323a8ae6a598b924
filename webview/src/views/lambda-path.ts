import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import type { LambdaSelection } from "../../../core/protocol/run-files.ts";
import { CoefficientChart } from "../charts/coefficient-chart.ts";
import { ErrorPath } from "../charts/error-path.ts";
import { coefficientLines, lambdaIndex } from "../layout/coefficient-lines.ts";
import { coefficientTable, featureCount } from "../layout/coefficient-table.ts";
import { finerRange } from "../layout/finer-range.ts";
import { formatCount, formatLambda } from "../layout/number-format.ts";
import {
  errorName,
  nearestLambda,
  type PathChoice,
  pathChoice,
  ruleName,
} from "../layout/path-choice.ts";
import { pathTable } from "../layout/path-table.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { FigureFrame } from "./figure-frame.ts";
import { KeptFeaturesTable } from "./kept-features-table.ts";
import { PathSummary } from "./path-summary.ts";
import type { View, ViewContext } from "./view.ts";

/** Over all λ that were tried: their errors, and what the λ at the handle would give. */
export class LambdaPathView implements View {
  readonly element = element("div", { className: "view lambda-path" });
  readonly #about = element("p", { className: "path-about" });
  readonly #coefficients: CoefficientChart;
  readonly #coefficientFrame: FigureFrame;
  readonly #features: KeptFeaturesTable;
  readonly #errors: ErrorPath;
  readonly #errorFrame: FigureFrame;
  readonly #summary: PathSummary;
  readonly #page: readonly HTMLElement[];
  readonly #context: ViewContext;
  #choice: PathChoice | undefined;

  constructor(context: ViewContext) {
    this.#context = context;
    const { dispatch, send } = context;
    this.#coefficients = new CoefficientChart((index) => this.#select(index));
    this.#coefficientFrame = new FigureFrame({
      className: "figure-coefficients",
      send,
      onToggleTable: () => dispatch({ type: "table/toggle", figure: "coefficients" }),
    });
    this.#features = new KeptFeaturesTable(send);
    this.#errors = new ErrorPath((index) => this.#select(index));
    this.#errorFrame = new FigureFrame({
      className: "figure-errors",
      send,
      onToggleTable: () => dispatch({ type: "table/toggle", figure: "errors" }),
    });
    this.#summary = new PathSummary({
      onSelect: (index) => this.#select(index),
      onApply: (lambda) => send({ type: "path/apply", lambda }),
      onFiner: (index) => this.#refine(index),
      onOwn: () => this.#focusHandle(),
    });
    this.#page = [
      this.#about,
      element(
        "div",
        { className: "path-columns" },
        element(
          "div",
          { className: "path-main" },
          this.#coefficientFrame.element,
          this.#errorFrame.element,
        ),
        element(
          "aside",
          { className: "path-side", attributes: { "aria-label": "λ and its weights" } },
          this.#summary.element,
          this.#features.element,
        ),
      ),
    ];
  }

  update(state: PanelState): void {
    const selection = state.header?.selection;
    const choice = selection === undefined ? undefined : pathChoice(selection);
    if (choice === undefined) {
      this.element.replaceChildren(...withoutPath(state, selection));
      return;
    }
    if (this.#page[0]?.parentElement !== this.element) this.element.replaceChildren(...this.#page);
    this.#show(state, choice);
  }

  repaint(): void {
    // All of it follows the style sheet.
  }

  #show({ header, settings, paths }: PanelState, choice: PathChoice): void {
    this.#choice = choice;
    const { points, rule, chosen } = choice;
    const index = settings.lambda === undefined ? chosen : nearestLambda(points, settings.lambda);
    const file = header?.spec.split(/[\\/]/).at(-1) ?? "";
    this.#about.replaceChildren(
      element("strong", { text: file }),
      ` ${formatCount(points.length)} values of λ, rule ${rule}`,
    );
    const title = rule === "loo" || rule === "gcv" ? "Error" : "Cross-validation";
    this.#errorFrame.setTitle(title, errorName(rule));
    this.#errorFrame.show(
      this.#errors.element,
      settings.tables.includes("errors") ? pathTable(title, choice) : undefined,
    );
    const isChart = paths !== undefined && !settings.tables.includes("coefficients");
    this.#errors.update({ choice, index, hasCounts: paths === undefined, hasPill: !isChart });
    const weights = paths?.outputs === 1 ? paths.featuresTotal : undefined;
    this.#summary.update(choice, index, { weights, file });
    this.#coefficientFrame.element.hidden = paths === undefined;
    this.#features.element.hidden = paths === undefined;
    if (paths !== undefined) this.#showCoefficients(paths, choice, { index, isChart });
  }

  #showCoefficients(
    paths: CoefficientPaths,
    choice: PathChoice,
    { index, isChart }: { readonly index: number; readonly isChart: boolean },
  ): void {
    const at = lambdaIndex(paths, choice.points[index]?.lambda ?? Number.NaN);
    const lines = coefficientLines(paths, at);
    const title = paths.outputs === 1 ? "Coefficients" : "Norms of the coefficients";
    this.#coefficientFrame.setTitle(
      title,
      `${paths.isStandardized ? "standardised" : "in the features' units"}, ${featureCount(paths)}; labels read the weakest λ`,
    );
    this.#coefficientFrame.show(
      this.#coefficients.element,
      isChart ? undefined : coefficientTable(title, paths, lines, at),
    );
    this.#coefficients.update({ paths, lines, choice, index });
    this.#features.update(paths, lines, at);
  }

  #select(index: number): void {
    const point = this.#choice?.points[index];
    if (point !== undefined)
      this.#context.dispatch({ type: "lambda/select", lambda: point.lambda });
  }

  #refine(index: number): void {
    if (this.#choice === undefined) return;
    const [low, high] = finerRange(this.#choice.points, index);
    this.#context.send({ type: "path/finer", low, high });
  }

  #focusHandle(): void {
    const handle = this.element.querySelector(".path-handle");
    if (handle instanceof HTMLElement) handle.focus();
  }
}

/** Why there is no path, and the λ that were found without one. */
function withoutPath(
  { header }: PanelState,
  selection: LambdaSelection | undefined,
): HTMLElement[] {
  const say = (heading: string, ...texts: readonly string[]): HTMLElement[] => [
    element(
      "div",
      { className: "placeholder" },
      element("h2", { text: heading }),
      ...texts.map((text) => element("p", { text })),
    ),
  ];
  if (selection !== undefined) {
    const { lambda, rule, groups = {} } = selection;
    const own = Object.entries(groups).map(
      ([name, value]) => `λ = ${formatLambda(value)} for the features of ${name}`,
    );
    return say(
      `λ = ${formatLambda(lambda)}`,
      `The rule ${rule} (${ruleName(rule)}) computes λ without a path: there are no errors of other λ to draw.`,
      ...own,
    );
  }
  if (header === undefined) return say("Opening the run");
  if (header.status === "running") {
    return say(
      "No λ path yet",
      "It appears here when the run has chosen its λ, if it chooses one.",
    );
  }
  return say(
    "No λ path",
    "This run was trained with the λ of its experiment file. With `select: { lambda: { path: 100 }, rule: one_se }` the next one looks for it along a path.",
  );
}
