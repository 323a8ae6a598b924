/** What a command about a layer was called on: a page's message, or the link of a hover. */
export interface LayerArgument {
  /** Of the run. */
  readonly folder?: string;
  /** A weight file. */
  readonly file?: string;
  readonly layer?: string;
}

export function layerArgument(value: unknown): LayerArgument {
  if (typeof value !== "object" || value === null) return {};
  const { folder, file, layer } = {
    folder: undefined,
    file: undefined,
    layer: undefined,
    ...value,
  };
  return {
    ...(typeof folder === "string" ? { folder } : {}),
    ...(typeof file === "string" ? { file } : {}),
    ...(typeof layer === "string" ? { layer } : {}),
  };
}
