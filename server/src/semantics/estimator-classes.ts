/** What scikit-learn's classes learn from, by fully qualified name. */
export type EstimatorRole =
  | "classifier"
  | "regressor"
  /** Learns from X alone and ignores y. */
  | "unsupervised"
  /** Changes features by what it learned from them, from y, or from both. */
  | "transformer"
  /** Several steps, or a search; its parts decide. */
  | "composite";

const PREDICTORS: Readonly<
  Record<
    string,
    { readonly pairs?: string; readonly classifiers?: string; readonly regressors?: string }
  >
> = {
  "sklearn.linear_model": {
    classifiers:
      "LogisticRegression LogisticRegressionCV RidgeClassifier RidgeClassifierCV SGDClassifier Perceptron PassiveAggressiveClassifier",
    regressors:
      "LinearRegression Ridge RidgeCV Lasso LassoCV ElasticNet ElasticNetCV LassoLarsCV SGDRegressor BayesianRidge ARDRegression HuberRegressor Lars LassoLars QuantileRegressor PoissonRegressor GammaRegressor TweedieRegressor TheilSenRegressor RANSACRegressor OrthogonalMatchingPursuit",
  },
  "sklearn.svm": { classifiers: "SVC NuSVC LinearSVC", regressors: "SVR NuSVR LinearSVR" },
  "sklearn.tree": { pairs: "DecisionTree ExtraTree" },
  "sklearn.ensemble": {
    pairs: "RandomForest ExtraTrees GradientBoosting HistGradientBoosting AdaBoost Bagging",
  },
  "sklearn.neighbors": { pairs: "KNeighbors RadiusNeighbors" },
  "sklearn.neural_network": { pairs: "MLP" },
  "sklearn.gaussian_process": { pairs: "GaussianProcess" },
  "sklearn.naive_bayes": {
    classifiers: "GaussianNB MultinomialNB ComplementNB BernoulliNB CategoricalNB",
  },
  "sklearn.discriminant_analysis": {
    classifiers: "LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis",
  },
  "sklearn.kernel_ridge": { regressors: "KernelRidge" },
};

const UNSUPERVISED: Readonly<Record<string, string>> = {
  "sklearn.decomposition":
    "PCA IncrementalPCA KernelPCA SparsePCA MiniBatchSparsePCA TruncatedSVD NMF MiniBatchNMF FastICA FactorAnalysis LatentDirichletAllocation DictionaryLearning",
  "sklearn.cluster":
    "KMeans MiniBatchKMeans BisectingKMeans DBSCAN HDBSCAN OPTICS AgglomerativeClustering SpectralClustering MeanShift Birch AffinityPropagation",
  "sklearn.mixture": "GaussianMixture BayesianGaussianMixture",
  "sklearn.manifold": "TSNE Isomap MDS SpectralEmbedding LocallyLinearEmbedding",
  "sklearn.preprocessing":
    "StandardScaler MinMaxScaler MaxAbsScaler RobustScaler PowerTransformer QuantileTransformer Normalizer PolynomialFeatures",
};

const TRANSFORMERS: Readonly<Record<string, string>> = {
  "sklearn.preprocessing":
    "OneHotEncoder OrdinalEncoder LabelEncoder LabelBinarizer MultiLabelBinarizer KBinsDiscretizer SplineTransformer TargetEncoder Binarizer FunctionTransformer",
  "sklearn.impute": "SimpleImputer KNNImputer IterativeImputer MissingIndicator",
  "sklearn.feature_extraction": "DictVectorizer FeatureHasher",
  "sklearn.feature_extraction.text":
    "CountVectorizer TfidfVectorizer TfidfTransformer HashingVectorizer",
  "sklearn.feature_selection":
    "VarianceThreshold SelectKBest SelectPercentile SelectFpr SelectFdr SelectFwe GenericUnivariateSelect SelectFromModel SequentialFeatureSelector RFE RFECV",
  "sklearn.cross_decomposition": "PLSRegression PLSCanonical CCA",
  "sklearn.kernel_approximation": "RBFSampler Nystroem",
  "imblearn.over_sampling":
    "SMOTE ADASYN BorderlineSMOTE SVMSMOTE KMeansSMOTE SMOTENC SMOTEN RandomOverSampler",
  "imblearn.combine": "SMOTEENN SMOTETomek",
  category_encoders:
    "TargetEncoder CatBoostEncoder LeaveOneOutEncoder JamesSteinEncoder MEstimateEncoder WOEEncoder",
};

const COMPOSITES = new Set([
  "sklearn.compose.ColumnTransformer",
  "sklearn.compose.make_column_transformer",
  "sklearn.pipeline.FeatureUnion",
  "sklearn.pipeline.make_union",
  "sklearn.pipeline.Pipeline",
  "sklearn.pipeline.make_pipeline",
  "sklearn.model_selection.GridSearchCV",
  "sklearn.model_selection.RandomizedSearchCV",
  "sklearn.model_selection.HalvingGridSearchCV",
]);

const words = (text: string | undefined) => (text === undefined ? [] : text.split(" "));
const CLASSES = new Map<string, EstimatorRole>([
  ...Object.entries(PREDICTORS).flatMap(([module, { pairs, classifiers, regressors }]) => [
    ...[...words(pairs).map((name) => `${name}Classifier`), ...words(classifiers)].map(
      (name) => [`${module}.${name}`, "classifier"] as const,
    ),
    ...[...words(pairs).map((name) => `${name}Regressor`), ...words(regressors)].map(
      (name) => [`${module}.${name}`, "regressor"] as const,
    ),
  ]),
  ...Object.entries(UNSUPERVISED).flatMap(([module, names]) =>
    words(names).map((name) => [`${module}.${name}`, "unsupervised"] as const),
  ),
  ...Object.entries(TRANSFORMERS).flatMap(([module, names]) =>
    words(names).map((name) => [`${module}.${name}`, "transformer"] as const),
  ),
  ...[...COMPOSITES].map((name) => [name, "composite"] as const),
]);

/** What a text mentions that builds an estimator: the name of its class. */
export const ESTIMATOR_WORDS: readonly string[] = [...CLASSES.keys()].map(
  (name) => `\b${name.slice(name.lastIndexOf(".") + 1).toLowerCase()}\b`,
);

/** Role of an estimator class; `undefined` for classes that are not known. */
export function estimatorRole(qualifiedName: string): EstimatorRole | undefined {
  return CLASSES.get(qualifiedName);
}

/** The regressor of the same kind, with the same options where it has them. */
const REGRESSORS: Readonly<Record<string, string>> = {
  LogisticRegression: "Ridge",
  LogisticRegressionCV: "RidgeCV",
  RidgeClassifier: "Ridge",
  RidgeClassifierCV: "RidgeCV",
  SGDClassifier: "SGDRegressor",
  Perceptron: "SGDRegressor",
  SVC: "SVR",
  NuSVC: "NuSVR",
  LinearSVC: "LinearSVR",
};

/** Name of the regressor that stands beside a classifier in the same module. */
export function regressorFor(classifier: string): string | undefined {
  const sibling = REGRESSORS[classifier];
  if (sibling !== undefined) return sibling;
  const isPaired = classifier.endsWith("Classifier");
  return isPaired ? classifier.replace(/Classifier$/, "Regressor") : undefined;
}
