/** A weight file, shown in the place of a run: its tensors fill the Weights tab. */
import { listOf, naturalNumber, number, objectOf, oneOf, text } from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";
import { type LayerRow, layerRow } from "./weights.ts";

/** A weight file that was opened; its tensors come with it and are filled in while they are read. */
export interface WeightFileHeader {
  /** Without its folder. */
  readonly name: string;
  readonly format: string;
  readonly sizeBytes: number;
  /** Why nothing of the file can be shown. */
  readonly fault?: string;
  /** Name of the file that it is compared with. */
  readonly against?: string;
  /** What the steps count: "epoch"; absent where the file stands alone. */
  readonly stepWord?: string;
}

export type WeightFileToPage =
  /** A weight file with all of its tensors; drops what the page holds. */
  | {
      readonly type: "file/header";
      readonly run: string;
      readonly file: WeightFileHeader;
      /** Files of the same training, by their step; that of this file alone where there are none. */
      readonly steps: readonly number[];
      readonly step: number;
      readonly layers: readonly LayerRow[];
    }
  /**
   * Tensors of which more is known now, in place of those of the same names; `share` of the file's
   * values is read, 0..1, where that has changed.
   */
  | {
      readonly type: "file/layers";
      readonly run: string;
      readonly layers: readonly LayerRow[];
      readonly share?: number;
    };

export const WEIGHT_FILE_TO_PAGE: MessageDecoders<WeightFileToPage> = {
  "file/header": objectOf({
    type: oneOf("file/header"),
    run: text,
    file: objectOf<WeightFileHeader>(
      {
        name: text,
        format: text,
        sizeBytes: number,
        fault: text,
        against: text,
        stepWord: text,
      },
      ["fault", "against", "stepWord"],
    ),
    steps: listOf(naturalNumber),
    step: naturalNumber,
    layers: listOf(layerRow),
  }),
  "file/layers": objectOf<Extract<WeightFileToPage, { type: "file/layers" }>>(
    { type: oneOf("file/layers"), run: text, layers: listOf(layerRow), share: number },
    ["share"],
  ),
};
