import { type Data, MODALITIES } from "./experiment.ts";

/** Names of the modalities that rows of a source can have. */
export function modalitiesOf(data: Data): readonly string[] {
  switch (data.source) {
    case "trio":
      return MODALITIES;
    case "pairs":
      return Object.keys(data.modalities);
    case "captioned_images":
      return ["image", "text"];
    case "cifar10":
      return ["image"];
    case "imdb":
      return ["text"];
    case "arrays":
      return [data.kind];
    case "csv":
    case "parquet":
      return ["features"];
  }
}

/** Whether rows are plain numbers, of a modality at least, and not pictures, words or sounds alone. */
export function hasFeatures(data: Data): boolean {
  return data.source === "pairs" || modalitiesOf(data).includes("features");
}
