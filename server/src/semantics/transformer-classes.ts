import { expressionsIn } from "../syntax/python/walk.ts";
import { type Estimator, estimatorOf } from "./estimator-of.ts";
import type { PythonProgram } from "./python-program.ts";

/** What a transformer takes from the rows that it is fitted to, weakest first. */
const LEARNINGS = ["categories", "statistics", "target", "rows"] as const;
/**
 * `categories`: which values and words there are; `statistics`: means, ranges, directions;
 * `target`: what goes with y; `rows`: copies or mixtures of whole rows.
 */
export type Learning = (typeof LEARNINGS)[number];

const CLASSES: readonly (readonly [Learning, module: string, names: string])[] = [
  [
    "categories",
    "sklearn.preprocessing",
    "OneHotEncoder OrdinalEncoder LabelEncoder LabelBinarizer MultiLabelBinarizer",
  ],
  ["categories", "sklearn.feature_extraction.text", "CountVectorizer"],
  ["categories", "sklearn.feature_extraction", "DictVectorizer"],
  [
    "statistics",
    "sklearn.preprocessing",
    "StandardScaler MinMaxScaler MaxAbsScaler RobustScaler PowerTransformer QuantileTransformer KBinsDiscretizer SplineTransformer",
  ],
  ["statistics", "sklearn.impute", "SimpleImputer KNNImputer IterativeImputer"],
  ["statistics", "sklearn.feature_extraction.text", "TfidfVectorizer TfidfTransformer"],
  ["statistics", "sklearn.feature_selection", "VarianceThreshold"],
  [
    "statistics",
    "sklearn.decomposition",
    "PCA IncrementalPCA KernelPCA SparsePCA MiniBatchSparsePCA TruncatedSVD NMF MiniBatchNMF FastICA FactorAnalysis LatentDirichletAllocation DictionaryLearning",
  ],
  [
    "target",
    "sklearn.feature_selection",
    "SelectKBest SelectPercentile SelectFpr SelectFdr SelectFwe GenericUnivariateSelect SelectFromModel SequentialFeatureSelector RFE RFECV",
  ],
  ["target", "sklearn.preprocessing", "TargetEncoder"],
  [
    "target",
    "category_encoders",
    "TargetEncoder CatBoostEncoder LeaveOneOutEncoder JamesSteinEncoder MEstimateEncoder WOEEncoder",
  ],
  ["target", "sklearn.cross_decomposition", "PLSRegression PLSCanonical CCA"],
  [
    "rows",
    "imblearn.over_sampling",
    "SMOTE ADASYN BorderlineSMOTE SVMSMOTE KMeansSMOTE SMOTENC SMOTEN RandomOverSampler",
  ],
  ["rows", "imblearn.combine", "SMOTEENN SMOTETomek"],
];

const BY_NAME: ReadonlyMap<string, Learning> = new Map(
  CLASSES.flatMap(([learning, module, names]) =>
    names.split(" ").map((name) => [`${module}.${name}`, learning] as const),
  ),
);

/** What a class of transformers learns; `undefined` for stateless and unknown ones. */
function learningOfClass(qualifiedName: string): Learning | undefined {
  return BY_NAME.get(qualifiedName);
}

/** What a transformer learns; of several steps, the most. */
export function learningOf(estimator: Estimator, program: PythonProgram): Learning | undefined {
  if (estimator.role !== "composite") return learningOfClass(estimator.qualifiedName);
  const found = estimator.constructed.arguments
    .flatMap(({ value }) => [...expressionsIn(value)])
    .flatMap((node) => {
      const part =
        node.kind === "call" || node.kind === "name" ? estimatorOf(node, program) : undefined;
      if (part === undefined || part.constructed === estimator.constructed) return [];
      return part.role === "composite" ? [] : (learningOfClass(part.qualifiedName) ?? []);
    });
  return LEARNINGS.findLast((learning) => found.includes(learning));
}
