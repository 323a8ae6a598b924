export const BACKEND_NAMES = ["tensorflow", "webgpu", "wasm", "cpu"] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

export interface Unavailable {
  readonly available: false;
  /** What is missing, as a clause: "TensorFlow is not set up". */
  readonly why: string;
  /** What would make it available, as an imperative clause without a full stop. */
  readonly nextStep: string;
}

/** Whether this machine has what a backend needs, found out without loading it. */
export type Detection = { readonly available: true } | Unavailable;

/** What became current, in words for `run.json` and the panel. */
export interface ActiveBackend {
  readonly available: true;
  readonly device: string;
  /** Versions of the libraries that compute, by package name. */
  readonly versions: Readonly<Record<string, string>>;
  /** What the user should know who asked for it, as a clause. */
  readonly caution?: string;
}

/** One way to compute: how to find it and how to make it the current backend of tfjs-core. */
export interface Backend {
  readonly name: BackendName;
  detect(): Detection;
  /**
   * Makes it current, unless what it finds while loading speaks against it. Where it is not asked for
   * by name, it is to be faster than those after it. Rejects when the library cannot be loaded.
   */
  activate(isAskedFor: boolean): Promise<ActiveBackend | Unavailable>;
}
