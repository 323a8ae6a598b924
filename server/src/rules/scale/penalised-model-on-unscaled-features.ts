import { defineRule, type Fix } from "../../engine/rule.ts";
import type { EstimatorFitFact } from "../../facts/estimator-fit.ts";
import { argumentOf } from "../../semantics/call-arguments.ts";
import { type Estimator, estimatorOf } from "../../semantics/estimator-of.ts";
import { newImport } from "../../semantics/insertions.ts";
import { lineage } from "../../semantics/lineage.ts";
import { pipelineSteps } from "../../semantics/pipeline-steps.ts";
import { programIndex } from "../../semantics/program-index.ts";
import type { PythonProgram } from "../../semantics/python-program.ts";
import { isTestPath } from "../../semantics/training-setup.ts";
import type { CallExpression, Expression } from "../../syntax/python/ast.ts";

export const penalisedModelOnUnscaledFeatures = defineRule({
  code: "NL209",
  name: "penalised-model-on-unscaled-features",
  family: "scale",
  severity: "information",
  preview: true,
  mentions: [
    ["read_csv", "read_excel", "read_table", "read_parquet"],
    [
      "ridge",
      "lasso",
      "elasticnet",
      "logisticregression",
      "svc",
      "svr",
      "sgd",
      "kneighbors",
      "mlp",
      "pca",
    ],
  ],
  on: "estimatorFit",
  docs: {
    language: "python",
    what: "Finds a penalised linear model, a support vector machine, nearest neighbours, a network or a PCA that is fitted to the columns of a table as they were read.",
    why: "A penalty, a distance and a variance compare features in their own units. A column in millimetres gets a coefficient a thousand times smaller than in metres, and a penalty that hardly sees it.",
    bad: [
      "import pandas as pd",
      "from sklearn.linear_model import Lasso",
      "",
      'df = pd.read_csv("houses.csv")',
      'model = Lasso(alpha=0.1).fit(df[["area", "rooms"]], df["price"])',
      "",
    ].join("\n"),
    good: [
      "import pandas as pd",
      "from sklearn.linear_model import Lasso",
      "from sklearn.pipeline import make_pipeline",
      "from sklearn.preprocessing import StandardScaler",
      "",
      'df = pd.read_csv("houses.csv")',
      'model = make_pipeline(StandardScaler(), Lasso(alpha=0.1)).fit(df[["area", "rooms"]], df["price"])',
      "",
    ].join("\n"),
    limits:
      "Only for tables that the same file reads and from which several columns are taken. Silent when anything in the file scales, divides or standardises, for words and pixels, and for single columns.",
    references: [
      "https://scikit-learn.org/stable/auto_examples/preprocessing/plot_scaling_importance.html",
    ],
  },

  *check(fit, { document, facts }) {
    const { program, site } = fit;
    if (isTestPath(document.path)) return;
    const fault = faultOf(fit);
    if (fault === undefined || scalesAnything(program) || isPicture(program)) return;
    // One is enough for a table: what scales it does so for all models.
    const first = facts("estimatorFit").find((other) => faultOf(other)?.read === fault.read);
    if (first !== fit) return;
    const { model, read } = fault;
    yield {
      span: site.call.span,
      message: `\`${model.name}\` ${comparison(model.name)} the columns of this table as they were read, each in its own unit.`,
      related: [{ span: read.span, message: "The table is read here." }],
      fixes: fixesOf(fit, model),
    };
  },
});

interface Fault {
  readonly model: Estimator;
  /** The call that reads the table. */
  readonly read: Expression;
}

function faultOf({ estimator, features, program }: EstimatorFitFact): Fault | undefined {
  const model = fittedModel(estimator, program);
  const read = model === undefined ? undefined : tableBehind(features, program);
  return model === undefined || read === undefined ? undefined : { model, read };
}

/** Models that compare features by their size. */
const SENSITIVE =
  /^(?:Ridge(?:Classifier)?(?:CV)?|Lasso(?:CV|Lars|LarsCV)?|ElasticNet(?:CV)?|LogisticRegression(?:CV)?|(?:SGD|MLP|KNeighbors)\w+|(?:Linear|Nu)?SV[CR]|KernelRidge|(?:Kernel|Sparse)?PCA)$/;

function comparison(name: string): string {
  if (/^KNeighbors/.test(name)) return "measures distances over";
  return /PCA$/.test(name) ? "adds up variances over" : "weighs";
}

/** The model itself, or the last step of a pipeline all of whose steps leave the units alone. */
function fittedModel(estimator: Estimator, program: PythonProgram): Estimator | undefined {
  if (SENSITIVE.test(estimator.name)) return isUnpenalised(estimator) ? undefined : estimator;
  const steps = pipelineSteps(estimator.constructed, program);
  const last = steps?.at(-1);
  const isKept = steps
    ?.slice(0, -1)
    .every((step) => step !== undefined && /^(?:Polynomial|Simple|KNN)\w+$/.test(step.name));
  return last !== undefined && isKept === true && SENSITIVE.test(last.name) && !isUnpenalised(last)
    ? last
    : undefined;
}

function isUnpenalised({ constructed }: Estimator): boolean {
  const penalty = argumentOf(constructed, "penalty")?.value;
  return penalty?.kind === "constant" && penalty.value === null;
}

const SCALING_CALL =
  /scal|normal|standard|zscore|quantile|whiten|^(?:std|rank|log(?:1p|10|2)?|tfidf\w*|countvectorizer|hashingvectorizer|powertransformer|columntransformer|binarizer)$/i;

/** True where anything in the document may bring features to one scale. */
function scalesAnything(program: PythonProgram): boolean {
  const { calls, statements } = programIndex(program);
  return (
    calls.some(({ name }) => name !== undefined && SCALING_CALL.test(name)) ||
    statements.some(({ statement }) => {
      const value = statement.kind === "assign" ? statement.value : undefined;
      const operator = statement.kind === "augmented" ? statement.operator : undefined;
      return operator === "/" || (value?.kind === "binary" && value.operator === "/");
    })
  );
}

/** Columns of digits and pixels have one unit. */
function isPicture(program: PythonProgram): boolean {
  const { strings, ids } = programIndex(program);
  const isOne = (text: string) => /mnist|digit|pixel|image/i.test(text);
  return [...strings].some(isOne) || [...ids].some(isOne);
}

const READERS = /^pandas\.read_(?:csv|excel|table|parquet)$/;

/** The call that reads the table whose columns these are; `undefined` for a single column. */
function tableBehind(features: Expression, program: PythonProgram): Expression | undefined {
  for (const node of lineage(features, program)) {
    if (node.kind === "subscript" && isSingleColumn(node)) return undefined;
    if (node.kind === "attribute" && !/^(?:values|iloc|loc|T)$/.test(node.attribute))
      return undefined;
    if (node.kind === "call" && changesUnits(node, program)) return undefined;
    if (node.kind === "call" && READERS.test(program.qualifiedName(node.callee) ?? "")) return node;
  }
  return undefined;
}

/** What a transformer gives out has other units, unless it only fills gaps. */
function changesUnits({ callee }: CallExpression, program: PythonProgram): boolean {
  if (callee.kind !== "attribute" || !/^(?:fit_)?transform$/.test(callee.attribute)) return false;
  return !/Imputer$/.test(estimatorOf(callee.value, program)?.name ?? "");
}

/** `df["a"]` and `df[["a"]]`. */
function isSingleColumn({ indices }: Extract<Expression, { kind: "subscript" }>): boolean {
  const [index, ...others] = indices;
  if (others.length > 0) return others.some(({ kind }) => kind === "number" || kind === "string");
  if (index?.kind === "list") return index.elements.length < 2;
  return index?.kind === "string";
}

function fixesOf({ program }: EstimatorFitFact, model: Estimator): Fix[] {
  const { span } = model.constructed;
  const { text } = program.module;
  const at = (offset: number) => ({ start: offset, end: offset });
  const imports = [
    "from sklearn.pipeline import make_pipeline",
    "from sklearn.preprocessing import StandardScaler",
  ].filter((line) => !text.includes(line));
  const lines = imports.length === 0 ? [] : [newImport(program, imports.join("\n"), span.start)];
  const edits = [
    ...lines,
    { span: at(span.start), newText: "make_pipeline(StandardScaler(), " },
    { span: at(span.end), newText: ")" },
  ];
  return [{ title: "Put `StandardScaler` before it", safety: "suggestion", edits }];
}
