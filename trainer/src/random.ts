/** A stream of pseudo-random numbers; the same seed and name give the same stream on every machine. */
export interface Random {
  /** Next 32 random bits, 0..2³²−1. */
  bits(): number;
  /** Uniform in [0, 1), in steps of 2⁻³². */
  uniform(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** Standard normal, by Box & Muller. */
  normal(): number;
  /** Fisher–Yates permutation of 0..length−1. */
  permutation(length: number): Int32Array;
}

const rotateLeft = (value: number, by: number) => (value << by) | (value >>> (32 - by));

/**
 * xoshiro128** 1.1 from a state of four 32-bit words that are not all zero.
 *
 * @see Blackman & Vigna 2021, doi:10.1145/3460772, and their reference code, which the test repeats.
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/** FNV-1a over the UTF-16 code units of `text`, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}

/** A Weyl sequence through MurmurHash3's finaliser: spreads one word over as many as are asked for. */
function spread(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
}

/**
 * The stream `name` of `seed`. Streams of different names are independent for all practical ends,
 * so switching one source of randomness on (say, missing rows) leaves all others as they were.
 */
export function createRandom(seed: number, name: string): Random {
  const word = spread(hash(`${seed}/${name}`));
  const bits = xoshiro128([word() | 1, word(), word(), word()]);
  const uniform = () => bits() / 2 ** 32;
  const integer = (below: number) => Math.floor(uniform() * below);
  return {
    bits,
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation(length) {
      const order = Int32Array.from({ length }, (_, index) => index);
      for (let last = length - 1; last > 0; last--) {
        const other = integer(last + 1);
        const value = order[last] ?? 0;
        order[last] = order[other] ?? 0;
        order[other] = value;
      }
      return order;
    },
  };
}
