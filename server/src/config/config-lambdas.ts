import type { Span } from "../../../core/protocol/span.ts";
import type { Language } from "../engine/document.ts";
import type { Quantities, Values } from "../lambda/convention.ts";
import type { ConfigTree } from "../syntax/config/config-tree.ts";
import { type ConfigEntryView, configEntries } from "./config-entries.ts";
import { type DecayPlace, decayMeaning } from "./decay-meaning.ts";
import { detectDialect } from "./detect-dialect.ts";
import type { ConfigPath } from "./path-pattern.ts";

/** A λ of a config file. */
export interface ConfigLambda {
  readonly convention: string;
  readonly parameter: string;
  readonly values: Values;
  readonly known: Quantities;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly path: ConfigPath;
}

/** Values of a file by path. */
export interface Lookup {
  text(path: ConfigPath): string | undefined;
  number(path: ConfigPath): number | undefined;
}

/** The number that a scalar is whoever reads the file; quoted ones are text to some. */
export function numberIn({ value }: Pick<ConfigEntryView, "value">): number | undefined {
  if (value?.kind !== "scalar" || value.style !== "plain") return undefined;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value.text)
    ? Number(value.text)
    : undefined;
}

export function numberedEntries(entries: readonly ConfigEntryView[]): Lookup {
  const byPath = new Map(entries.map((entry) => [entry.path.join("\n"), entry]));
  const at = (path: ConfigPath) => byPath.get(path.join("\n"));
  return {
    text(path) {
      const value = at(path)?.value;
      return value?.kind === "scalar" ? value.text : undefined;
    },
    number(path) {
      const entry = at(path);
      return entry === undefined ? undefined : numberIn(entry);
    },
  };
}

const DECAY_KEYS: ReadonlySet<string> = new Set([
  "weight_decay",
  "WEIGHT_DECAY",
  "regularization_lambda",
]);

/** The λs of a config file whose reader is known. */
export function configLambdas(tree: ConfigTree, path: string): readonly ConfigLambda[] {
  const entries = configEntries(tree);
  const candidates = entries.filter(({ key, isItem }) => !isItem && DECAY_KEYS.has(key));
  if (candidates.length === 0) return [];
  const language: Language = tree.language;
  const dialect = detectDialect(path, language, entries)?.name;
  const at = numberedEntries(entries);
  return candidates.flatMap((entry) => {
    const place = { entry, holder: entry.path.slice(0, -1), at, dialect };
    const number = numberIn(entry);
    const meaning = number === undefined ? undefined : decayMeaning(place);
    if (number === undefined || meaning === undefined || entry.value === undefined) return [];
    const parameter = meaning.parameter ?? "weight_decay";
    return [
      {
        convention: meaning.convention,
        parameter,
        values: { [parameter]: number },
        known: quantitiesOf(place, meaning.convention),
        span: entry.value.span,
        nameSpan: entry.keySpan,
        path: entry.path,
      },
    ];
  });
}

const RATES = ["lr", "learning_rate", "lr0", "BASE_LR"];

function quantitiesOf({ holder, at, dialect }: DecayPlace, convention: string): Quantities {
  const [learningRate] = RATES.flatMap((key) => at.number([...holder, key]) ?? []);
  // torch's own default; tools such as timm have another.
  const absent = dialect === "timm" ? undefined : 0;
  const momentum =
    convention === "torch-sgd" ? (at.number([...holder, "momentum"]) ?? absent) : undefined;
  const batchSize = dialect === "ultralytics" ? at.number(["batch"]) : undefined;
  const steps = dialect === "hf-training-arguments" ? at.number(["max_steps"]) : undefined;
  return {
    ...(learningRate === undefined ? {} : { learningRate }),
    ...(momentum === undefined ? {} : { momentum }),
    ...(batchSize === undefined || batchSize <= 0 ? {} : { batchSize }),
    ...(steps === undefined || steps <= 0 ? {} : { steps }),
  };
}
