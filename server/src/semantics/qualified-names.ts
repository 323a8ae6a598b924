import { byName } from "./by-name.ts";
import { tensorflowJsName } from "./tensorflow-js-names.ts";

/** Names under which libraries are known, whatever way they were imported. */

/** Aliases that everybody uses; read only where a document binds the name nowhere. */
const CONVENTIONS: Readonly<Record<string, string>> = {
  np: "numpy",
  numpy: "numpy",
  pd: "pandas",
  torch: "torch",
  torchvision: "torchvision",
  nn: "torch.nn",
  optim: "torch.optim",
  F: "torch.nn.functional",
  transforms: "torchvision.transforms",
  DataLoader: "torch.utils.data.DataLoader",
  tf: "tensorflow",
  keras: "keras",
  jax: "jax",
  jnp: "jax.numpy",
  optax: "optax",
  sklearn: "sklearn",
};

/** What `from <module> import *` brings, as far as rules ask for it. */
const EXPORTS: Readonly<Record<string, readonly string[]>> = {
  "torch.optim":
    "Adadelta Adagrad Adam AdamW Adamax ASGD LBFGS Muon NAdam RAdam RMSprop Rprop SGD SparseAdam lr_scheduler".split(
      " ",
    ),
  "torch.nn":
    "Module Sequential ModuleList Parameter functional Linear Conv1d Conv2d Conv3d LSTM GRU RNN Embedding Dropout Dropout1d Dropout2d Dropout3d AlphaDropout BatchNorm1d BatchNorm2d BatchNorm3d LayerNorm MultiheadAttention TransformerEncoderLayer ReLU Sigmoid Tanh Flatten MaxPool2d BCELoss BCEWithLogitsLoss CrossEntropyLoss NLLLoss MSELoss L1Loss".split(
      " ",
    ),
  "keras.layers":
    "Dense Conv1D Conv2D Conv3D LSTM GRU SimpleRNN Bidirectional Embedding Dropout SpatialDropout1D SpatialDropout2D GaussianNoise GaussianDropout AlphaDropout BatchNormalization LayerNormalization Flatten MaxPooling2D Input RandomFlip RandomRotation RandomZoom RandomCrop".split(
      " ",
    ),
  "keras.models": ["Sequential", "Model"],
  "keras.optimizers":
    "SGD Adam AdamW Adamax Adagrad Adadelta RMSprop Nadam Ftrl Lion Adafactor".split(" "),
  "sklearn.decomposition":
    "PCA IncrementalPCA KernelPCA SparsePCA TruncatedSVD NMF FastICA FactorAnalysis LatentDirichletAllocation".split(
      " ",
    ),
  "sklearn.cluster":
    "KMeans MiniBatchKMeans DBSCAN AgglomerativeClustering SpectralClustering MeanShift Birch".split(
      " ",
    ),
  "sklearn.mixture": ["GaussianMixture", "BayesianGaussianMixture"],
  "sklearn.manifold": ["TSNE", "Isomap", "MDS"],
  "sklearn.preprocessing":
    "StandardScaler MinMaxScaler MaxAbsScaler RobustScaler Normalizer PolynomialFeatures OneHotEncoder LabelEncoder LabelBinarizer KBinsDiscretizer PowerTransformer QuantileTransformer Binarizer".split(
      " ",
    ),
  "sklearn.impute": ["SimpleImputer", "KNNImputer", "IterativeImputer"],
  "sklearn.feature_selection": ["SelectKBest", "SelectFromModel", "RFE", "VarianceThreshold"],
  "sklearn.feature_extraction.text": ["CountVectorizer", "TfidfVectorizer", "TfidfTransformer"],
  "sklearn.compose": ["ColumnTransformer", "make_column_transformer"],
  "sklearn.linear_model":
    "LinearRegression Ridge RidgeCV Lasso LassoCV ElasticNet ElasticNetCV LogisticRegression LogisticRegressionCV RidgeClassifier RidgeClassifierCV SGDClassifier SGDRegressor Perceptron PassiveAggressiveClassifier".split(
      " ",
    ),
  "sklearn.svm": ["SVC", "LinearSVC", "NuSVC", "SVR", "LinearSVR", "NuSVR"],
  "sklearn.tree": ["DecisionTreeClassifier", "DecisionTreeRegressor"],
  "sklearn.ensemble":
    "RandomForestClassifier RandomForestRegressor GradientBoostingClassifier GradientBoostingRegressor ExtraTreesClassifier ExtraTreesRegressor AdaBoostClassifier AdaBoostRegressor".split(
      " ",
    ),
  "sklearn.neighbors": ["KNeighborsClassifier", "KNeighborsRegressor"],
  "sklearn.naive_bayes": ["GaussianNB", "MultinomialNB", "BernoulliNB"],
  "sklearn.neural_network": ["MLPClassifier", "MLPRegressor"],
  "sklearn.pipeline": ["Pipeline", "make_pipeline"],
  "sklearn.model_selection":
    "train_test_split KFold StratifiedKFold GroupKFold TimeSeriesSplit GridSearchCV RandomizedSearchCV cross_val_score cross_validate".split(
      " ",
    ),
  "sklearn.metrics":
    "accuracy_score f1_score precision_score recall_score roc_auc_score log_loss mean_squared_error mean_absolute_error r2_score".split(
      " ",
    ),
  "sklearn.datasets":
    "load_iris load_digits load_diabetes load_breast_cancer load_wine fetch_california_housing make_classification make_regression make_blobs make_moons".split(
      " ",
    ),
};

/** Names so distinctive that a snippet without imports can only mean them. */
const SNIPPET_MODULES = Object.keys(EXPORTS).filter((module) => module.startsWith("sklearn."));
const SNIPPETS = new Map(
  SNIPPET_MODULES.flatMap((module) =>
    (EXPORTS[module] ?? []).map((name) => [name, `${module}.${name}`] as const),
  ),
);

/** What a name that the document binds nowhere must mean, if anything. */
export function conventionalName(id: string): string | undefined {
  return CONVENTIONS[id] ?? SNIPPETS.get(id);
}

/** The same in JavaScript: a page that loads TensorFlow.js has it as `tf`. */
export function conventionalJavaScriptName(id: string): string | undefined {
  return id === "tf" ? "tfjs" : undefined;
}

/** The name that `from <module> import *` binds to `id`. */
export function starExport(module: string, id: string): string | undefined {
  return EXPORTS[module]?.includes(id) === true ? `${module}.${id}` : undefined;
}

const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/^tensorflow\.(?:python\.)?keras\b/, "keras"],
  [/^tf_keras\b/, "keras"],
  [/^tensorflow\.optimizers\b/, "keras.optimizers"],
  [/^keras\.(?:src|api)\./, "keras."],
  // `torch.optim.adam.Adam` is where `torch.optim.Adam` is written.
  [/^torch\.optim\.(?!lr_scheduler\b|swa_utils\b)_?[a-z]\w*\.(?=[A-Z])/, "torch.optim."],
  [/^torch\.nn\.modules\.(?:\w+\.)?(?=[A-Z])/, "torch.nn."],
  // Where releases before 0.20 had it.
  [/^sklearn\.(?:cross_validation|grid_search)\.(?=[A-Za-z])/, "sklearn.model_selection."],
  [/^(sklearn\.(?:\w+\.)*?)(?:_\w+\.)+/, "$1"],
];

/** One spelling for every way to reach the same thing: public paths, `keras` for `tf.keras`. */
export const normalName: (qualifiedName: string) => string = byName((qualifiedName) => {
  const start = /^tfjs\.\w/.test(qualifiedName) ? tensorflowJsName(qualifiedName) : qualifiedName;
  return REWRITES.reduce((name, [pattern, to]) => name.replace(pattern, to), start);
});
