import { createRequire } from "node:module";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js";

type AdapterInfo = NonNullable<ConstructorParameters<typeof WebGPUBackend>[1]>;

/** What is used of WebGPU's own objects; they come from a native library without types of ours. */
export interface GpuAdapter {
  readonly info: AdapterInfo & { readonly isFallbackAdapter: boolean };
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(descriptor: object): Promise<GpuDevice>;
}

/** What the kernels of tfjs compute on. */
export type GpuDevice = ConstructorParameters<typeof WebGPUBackend>[0];

interface Gpu {
  requestAdapter(options: { readonly powerPreference: string }): Promise<GpuAdapter | null>;
}

interface Dawn {
  /** Constructors and constants such as `GPUBufferUsage`, which kernels look for among the globals. */
  readonly globals: Readonly<Record<string, unknown>>;
  create(options: readonly string[]): Gpu;
}

/** Dawn's instance. What it made does not keep it alive, and crashes once it is collected. */
let instance: Gpu | undefined;

/** Limits of the adapter that kernels may use up; without asking, a device has the least of all. */
const LIMITS = [
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
];

/**
 * Loads Dawn and gives the fastest adapter it finds, or undefined where there is none.
 *
 * @throws {Error} If the file cannot be loaded or is not Dawn.
 */
export async function findAdapter(file: string): Promise<GpuAdapter | undefined> {
  const dawn: unknown = createRequire(__filename)(file);
  if (!isDawn(dawn)) throw new TypeError(`Load Dawn's WebGPU, got another library: ${file}`);
  Object.assign(globalThis, dawn.globals);
  instance ??= dawn.create([]);
  const adapter = await instance.requestAdapter({ powerPreference: "high-performance" });
  return adapter ?? undefined;
}

/** A device with all of the adapter's limits. */
export async function openDevice(adapter: GpuAdapter): Promise<GpuDevice> {
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  return await adapter.requestDevice({ requiredLimits });
}

function isDawn(value: unknown): value is Dawn {
  return (
    typeof value === "object" &&
    value !== null &&
    "create" in value &&
    typeof value.create === "function" &&
    "globals" in value &&
    typeof value.globals === "object"
  );
}
