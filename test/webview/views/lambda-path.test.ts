// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import type { LambdaSelection } from "../../../core/protocol/run-files.ts";
import type { FromPage } from "../../../core/protocol/webview.ts";
import {
  type Intent,
  initialState,
  type PanelState,
} from "../../../webview/src/store/panel-state.ts";
import { reduce } from "../../../webview/src/store/reduce.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { LambdaPathView } from "../../../webview/src/views/lambda-path.ts";
import { runHeader } from "../run-state.ts";

const SELECTION: LambdaSelection = {
  lambda: 0.2,
  rule: "one_se",
  path: [
    { lambda: 1, mean: 9, se: 1, non_zeros: 0 },
    { lambda: 0.2, mean: 2.2, se: 0.25, non_zeros: 8 },
    { lambda: 0.1, mean: 2, se: 0.25, non_zeros: 12 },
  ],
};
const text = (selector: string) => document.querySelector(selector)?.textContent ?? "";

describe("LambdaPathView", () => {
  let view: LambdaPathView;
  let state: PanelState;
  let sent: FromPage[];
  const show = (header: Partial<RunHeader>) => {
    const message = { type: "run/header", run: runHeader(header) } as const;
    state = reduce(initialState(DEFAULT_SETTINGS), { type: "host", message, nowMs: 0 });
    view.update(state);
  };
  beforeEach(() => {
    sent = [];
    view = new LambdaPathView({
      dispatch: (intent: Intent) => {
        state = reduce(state, { type: "reader", intent });
        view.update(state);
      },
      send: (message) => sent.push(message),
      say: () => undefined,
    });
    document.body.replaceChildren(view.element);
  });

  test("begins at the λ of the run and says why it was taken", () => {
    show({ selection: SELECTION });
    expect(text(".path-figures")).toContain("0.200");
    expect(text(".path-figures")).toContain("± 0.250");
    expect(text(".path-reason")).toContain("within one standard error");
    expect(document.querySelector("[aria-checked=true]")?.textContent).toBe("λ 1se");
  });

  test("goes to the least error at a click", () => {
    show({ selection: SELECTION });
    const least = [...document.querySelectorAll("button")].find(
      (button) => button.textContent === "λ min",
    );
    least?.click();
    expect(state.settings.lambda).toBe(0.1);
    expect(text(".path-figures")).toContain("0.100");
    expect(text(".path-rule")).toContain("λ = 0.200");
  });

  test("shows the table that says the same, and copies it", () => {
    show({ selection: SELECTION });
    const toggle = document.querySelector(".figure-errors [aria-label='View as table']");
    toggle?.dispatchEvent(new Event("click"));
    expect(document.querySelectorAll(".figure-errors tbody tr")).toHaveLength(3);
    document
      .querySelector(".figure-errors [aria-label='Copy table']")
      ?.dispatchEvent(new Event("click"));
    expect(sent).toEqual([
      { type: "text/copy", text: expect.stringContaining("0.2\t2.2\t0.25\t8") },
    ]);
  });

  test("asks for the λ at the handle to be written to the experiment file", () => {
    show({ selection: SELECTION, spec: "experiments/lasso.normlens.yaml" });
    const apply = document.querySelector(".apply-lambda");
    expect(apply?.textContent).toBe("Apply λ = 0.200");
    expect(apply?.getAttribute("title")).toBe("Write it to lasso.normlens.yaml");
    apply?.dispatchEvent(new Event("click"));
    expect(sent).toEqual([{ type: "path/apply", lambda: 0.2 }]);
  });

  test("asks for a finer sweep around the λ at the handle", () => {
    show({ selection: SELECTION });
    document.querySelector(".finer-sweep")?.dispatchEvent(new Event("click"));
    const lambdas = SELECTION.path.map(({ lambda }) => lambda);
    const [request] = sent;
    if (request?.type !== "path/finer") throw new TypeError("Nothing was asked for");
    // The handle stands at 0.2, and no λ of this short path lies two steps away.
    expect(request.low).toBeLessThan(0.2);
    expect(request.high).toBeGreaterThan(0.2);
    expect(request.high).toBeLessThanOrEqual(Math.max(...lambdas));
  });

  test("shows the features that the λ at the handle keeps, and copies them", () => {
    show({ selection: SELECTION });
    expect(document.querySelector<HTMLElement>(".kept-features")?.hidden).toBe(true);
    const paths: CoefficientPaths = {
      lambdas: Float64Array.of(1, 0.2, 0.1),
      features: ["a", "b", "c"],
      featuresTotal: 3,
      outputs: 1,
      coefficients: Float64Array.of(0, -0.5, -0.75, 0, 0.25, 1, 0, 0, 0.5),
      sizes: Float64Array.of(0, -5, -7.5, 0, 1, 4, 0, 0, 1),
      isStandardized: true,
      kept: Float64Array.of(0, 2, 3),
    };
    const message = { type: "path/coefficients", run: "run-1", paths } as const;
    state = reduce(state, { type: "host", message, nowMs: 0 });
    view.update(state);
    const cells = [...document.querySelectorAll(".kept-table tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(cells).toEqual([
      ["a", "", "−5.00", "−0.50"],
      ["b", "", "+1.00", "+0.25"],
    ]);
    expect(text(".dropped-features")).toBe("Dropped: c");
    document.querySelector("[aria-label='Copy features']")?.dispatchEvent(new Event("click"));
    expect(sent).toEqual([
      {
        type: "text/copy",
        text: "feature\tstandardised coefficient\tcoefficient\na\t-5\t-0.5\nb\t1\t0.25\n",
      },
    ]);
  });

  test.each<[string, Partial<RunHeader>, string]>([
    ["a run that has not chosen yet", { status: "running" }, "No λ path yet"],
    ["a run with the λ of its file", {}, "trained with the λ of its experiment file"],
    [
      "a rule without a path",
      { selection: { lambda: 3, rule: "evidence", groups: { a: 3, b: 4 }, path: [] } },
      "λ = 4.00 for the features of b",
    ],
  ])("says why it is empty: %s", (_name, header, words) => {
    show(header);
    expect(text(".placeholder")).toContain(words);
  });
});
