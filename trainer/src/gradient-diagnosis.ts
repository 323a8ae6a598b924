/** A layer whose gradient is this much smaller than the largest layer's does not learn beside it. */
const VANISHING_RATIO = 1e-5;

/** Measurements in a row before a layer counts as starved: one batch may leave any layer idle. */
const VANISHING_STREAK = 3;

/** A gradient this much larger than usual makes a step that undoes many others. */
const EXPLODING_FACTOR = 100;

/** Measurements that "usual" is the median of, and how many of them there must be. */
const HISTORY = 50;
const SHORTEST_HISTORY = 5;

/** A norm that no step size of ours makes sense with. */
const EXPLODED_NORM = 1e6;

/** One measured gradient of a parameter. */
export interface GradientSample {
  readonly name: string;
  /** ‖g‖₂ of the data loss. */
  readonly norm: number;
  /** Number n of weights; ‖g‖₂/√n is what layers are compared by. */
  readonly size: number;
}

/** What gradients are judged by, beside the latest. */
export interface GradientHistory {
  /** Kind and layer of what was told already. */
  readonly told: readonly string[];
  /** Measurements in a row in which a layer had hardly any gradient, by name. */
  readonly starved: Readonly<Record<string, number>>;
  /** The last norms by name, oldest first. */
  readonly norms: Readonly<Record<string, readonly number[]>>;
}

/** Watches gradients for layers that get none and for norms that run away. */
export interface GradientDiagnosis {
  /** Of all that was observed; a diagnosis that is created with it goes on from there. */
  history(): GradientHistory;
  /** A sentence with layer and step for each thing seen for the first time. */
  observe(step: number, samples: readonly GradientSample[]): readonly string[];
}

/**
 * vanishing: ‖g_l‖/√n_l < 10⁻⁵ · the largest layer's, in three measurements one after the other.
 * exploding: ‖g_l‖ > 100 · the median of its last 50 measurements (five at least), or > 10⁶, or not
 * finite. Each is told once for each layer.
 *
 * @see Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063, section 2; the thresholds are ours.
 */
export function createGradientDiagnosis(before?: GradientHistory): GradientDiagnosis {
  const told = new Set<string>(before?.told);
  const starved = new Map<string, number>(Object.entries(before?.starved ?? {}));
  const histories = new Map<string, readonly number[]>(Object.entries(before?.norms ?? {}));

  const once = (kind: string, name: string, text: string) => {
    if (told.has(`${kind} ${name}`)) return [];
    told.add(`${kind} ${name}`);
    return [text];
  };
  const vanishing = (step: number, { name, norm, size }: GradientSample, largest: number) => {
    const rms = norm / Math.sqrt(size);
    const isStarved = largest > 0 && rms < VANISHING_RATIO * largest;
    const streak = isStarved ? (starved.get(name) ?? 0) + 1 : 0;
    starved.set(name, streak);
    if (streak < VANISHING_STREAK) return [];
    const share =
      rms === 0 ? "is zero" : `is ${(rms / largest).toExponential(1)} of the largest layer's`;
    return once(
      "vanishing",
      name,
      `Vanishing gradient: ${name}, step ${step}: its gradient ${share}`,
    );
  };
  const exploding = (step: number, { name, norm }: GradientSample) => {
    const history = histories.get(name) ?? [];
    const usual = history.length < SHORTEST_HISTORY ? undefined : median(history);
    histories.set(name, [...history, norm].slice(-HISTORY));
    const isLarge = !(norm <= EXPLODED_NORM);
    const isJump = usual !== undefined && usual > 0 && norm > EXPLODING_FACTOR * usual;
    if (!isLarge && !isJump) return [];
    const than = usual === undefined ? "" : `, usual is ${usual.toExponential(1)}`;
    const text = `Exploding gradient: ${name}, step ${step}: its norm is ${norm.toExponential(1)}${than}`;
    return once("exploding", name, text);
  };

  return {
    history: () => ({
      told: [...told],
      starved: Object.fromEntries(starved),
      norms: Object.fromEntries(histories),
    }),
    observe(step, samples) {
      const largest = Math.max(0, ...samples.map(({ norm, size }) => norm / Math.sqrt(size)));
      return samples.flatMap((sample) => [
        ...vanishing(step, sample, largest),
        ...exploding(step, sample),
      ]);
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
