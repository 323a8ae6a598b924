import type { LayerRow } from "../../protocol/panel/weights.ts";
import type { ComparedTensor } from "./compare-files.ts";

/** What the table of layers shows of a comparison; nothing of what only B has. */
export function changeOf(tensor: ComparedTensor): Pick<LayerRow, "change" | "changeNote"> {
  switch (tensor.change) {
    case "values": {
      const { relative, cosine, maxAbs, equal, zerosGained, zerosLost } = tensor;
      const change = {
        ...(Number.isFinite(relative) ? { relative } : {}),
        ...(Number.isFinite(cosine) ? { cosine } : {}),
        ...{ maxAbs, equal, zerosGained, zerosLost },
      };
      return { change };
    }
    case "added":
      return { changeNote: "only here" };
    case "shape":
      return { changeNote: `was ${tensor.shapeBefore.join(" × ") || "scalar"}` };
    case "unread":
      return { changeNote: "unread" };
    default:
      return {};
  }
}

/** Names of a sentence about tensors that only the other file has. */
const MOST_NAMES = 5;

/** A sentence about the tensors that only the file `against` has; `undefined` where there are none. */
export function missingSentence(names: readonly string[], against: string): string | undefined {
  if (names.length === 0) return undefined;
  const shown = names.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `Only in ${against}: ${shown.join(", ")}${more}`;
}
