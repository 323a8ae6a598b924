/** What a kernel takes and gives: addresses, counts, numbers and flags; documented at its source. */
export type Kernel = (...values: readonly number[]) => number;

/** The memory of a module; a view of its buffer is good until it grows. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** An instance of compiled kernels with a memory of its own. */
export interface KernelInstance<Name extends string> {
  readonly memory: KernelMemory;
  readonly kernels: Readonly<Record<Name, Kernel>>;
}

/** Modules by their text: each is compiled once a thread. */
const compiled = new Map<string, WebAssembly.Module>();

/**
 * A new instance of a module in base64, as `npm run build:kernels` writes them.
 *
 * @throws {TypeError} If it lacks a memory or one of the kernels named.
 */
export function instantiateKernels<Name extends string>(
  base64: string,
  names: readonly Name[],
): KernelInstance<Name> {
  const module = compiled.get(base64) ?? new WebAssembly.Module(bytesOf(base64));
  compiled.set(base64, module);
  const { exports } = new WebAssembly.Instance(module);
  const { memory } = exports;
  if (!isMemory(memory)) throw new TypeError("The kernels export no memory");
  const bound = names.map((name) => {
    const kernel = exports[name];
    if (typeof kernel !== "function") throw new TypeError(`The kernels export no ${name}`);
    return [name, kernel];
  });
  // The border to the module: every kernel was looked up and is a function.
  return { memory, kernels: Object.fromEntries(bound) as Record<Name, Kernel> };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function isMemory(value: unknown): value is KernelMemory {
  return typeof value === "object" && value !== null && "buffer" in value && "grow" in value;
}
