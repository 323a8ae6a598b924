import { MODALITIES } from "../../../core/experiment/experiment.ts";
import type { ArrayPath, PairsData } from "../../../core/experiment/file-data.ts";
import { dataFault } from "../data-fault.ts";
import { dataSource, type LoadContext } from "../data-source.ts";
import type { Dataset } from "../dataset.ts";
import {
  type ArrayFacts,
  type ArrayReference,
  describeArray,
  numbersOf,
  textsOf,
} from "./arrays/array-files.ts";
import { chooseRows } from "./arrays/choose-rows.ts";
import { classLabels } from "./arrays/class-labels.ts";
import { type EmbeddingRows, embeddingRows } from "./pairs/embedding-rows.ts";

/** Scales further apart than this are told. */
const MAX_SCALE_RATIO = 2;

interface Source {
  readonly name: string;
  readonly reference: ArrayReference;
  readonly facts: ArrayFacts;
}

/** Embeddings of several modalities: one file or tensor each, rows paired. */
export const pairs = dataSource("pairs", async (data, context) => {
  const sources = await findSources(data, context);
  const total = sources[0]?.facts.rows ?? 0;
  const rows = chooseRows(total, data, context);
  const embeddings: EmbeddingRows[] = [];
  for (const { name, reference, facts } of sources) {
    const values = await numbersOf(reference, rows, context);
    const { place, width } = facts;
    const isUnitNorm = data.scale === "unit_norm";
    embeddings.push(embeddingRows({ name, place, values, width, rows, isUnitNorm }));
  }
  reportMeasures(embeddings, data, context);
  const labels =
    data.labels === undefined ? undefined : await readLabels(data.labels, total, rows, context);
  return {
    rows: rows.length,
    modalities: embeddings.map(({ modality }) => modality),
    classes: labels?.classes ?? [],
    labels: labels?.labels ?? new Int32Array(0),
    captions: Array.from(rows, (row) => `row ${row}`),
  } satisfies Dataset;
});

async function findSources(data: PairsData, context: LoadContext): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const name of MODALITIES) {
    const given = data.modalities[name];
    if (given === undefined) continue;
    const reference = referenceOf(given);
    sources.push({ name, reference, facts: await describeArray(reference, context) });
  }
  const [first] = sources;
  for (const { facts } of sources) {
    if (facts.shape.length !== 2 || facts.width === 0 || facts.rows === 0) {
      throw dataFault(
        facts.place,
        `embeddings are [rows, columns], the array is [${facts.shape.join(", ")}]`,
        "Give one row of numbers for each sample",
      );
    }
    if (facts.rows !== first?.facts.rows) {
      throw dataFault(
        facts.place,
        `it has ${facts.rows} rows, ${first?.facts.place} has ${first?.facts.rows}`,
        "Row i of each modality belongs to row i of the others; a missing one is a row of NaN",
      );
    }
  }
  return sources;
}

function referenceOf(given: ArrayPath): ArrayReference {
  return typeof given === "string" ? { path: given } : given;
}

async function readLabels(given: ArrayPath, total: number, rows: Int32Array, context: LoadContext) {
  const reference = referenceOf(given);
  const facts = await describeArray(reference, context);
  if (facts.rows !== total || facts.width !== 1) {
    throw dataFault(
      facts.place,
      `labels are one for each of ${total} rows, the array is [${facts.shape.join(", ")}]`,
      "Give the number or the name of each row's class",
    );
  }
  const { classes, labels } = classLabels(await textsOf(reference, rows, context));
  const unknown = labels.indexOf(-1);
  if (unknown >= 0) {
    throw dataFault(
      `${facts.place}, row ${rows[unknown]}`,
      "it has no class",
      "Name a class for every row",
    );
  }
  return { classes, labels };
}

function reportMeasures(
  embeddings: readonly EmbeddingRows[],
  { scale, standardize }: PairsData,
  { report }: LoadContext,
): void {
  for (const { modality, missing, repeated } of embeddings) {
    const { name, present } = modality;
    if (missing > 0) report(`${missing} of ${present.length} rows have no ${name}`);
    if (repeated > 0) {
      report(`${repeated} rows of ${name} are equal to another: no retrieval can tell them apart`);
    }
  }
  const norms = embeddings.map(({ meanNorm }) => meanNorm);
  const ratio = Math.max(...norms) / Math.min(...norms);
  const listed = embeddings
    .map(({ modality, meanNorm }) => `${modality.name} ${meanNorm.toPrecision(3)}`)
    .join(", ");
  report(`Mean norm of the rows: ${listed}`);
  if (ratio > MAX_SCALE_RATIO && scale === "as_is" && !standardize) {
    report(
      `The scales differ by a factor of ${ratio.toPrecision(3)}: set \`scale: unit_norm\` or \`standardize: true\``,
    );
  }
}
