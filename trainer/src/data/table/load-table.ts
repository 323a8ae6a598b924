import type { TableData } from "../../../../core/experiment/file-data.ts";
import { dataFault } from "../../data-fault.ts";
import type { LoadContext } from "../../data-source.ts";
import type { Dataset } from "../../dataset.ts";
import type { DecimalMark } from "./number-of.ts";
import { planTable } from "./plan-table.ts";
import { type ColumnRequest, readTable, type TableColumn } from "./read-table.ts";
import { tableDataset } from "./table-dataset.ts";
import type { TableReader } from "./table-reader.ts";

/**
 * Reads what the experiment asks of a table.
 *
 * @throws {UserError} If the file, a row or a cell cannot be read; it names the place.
 */
export async function loadTable(
  reader: TableReader,
  data: TableData,
  decimal: DecimalMark,
  context: LoadContext,
): Promise<Dataset> {
  const plan = planTable(reader.file, reader.columns, data, context.columns);
  const { features, targets, group, order } = plan;
  const requests = [...features, ...targets, group, order].filter(
    (request): request is ColumnRequest => request !== undefined,
  );
  const table = await readTable(
    reader,
    requests,
    { decimal, maxRows: data.max_rows, seed: data.seed },
    context,
  );
  if (table.rows === 0) {
    throw dataFault(reader.file, "it has column names and no rows", "Give a file with rows");
  }
  if (table.rows < table.rowsInFile) {
    const [kept, all] = [table.rows, table.rowsInFile].map((count) => count.toLocaleString("en"));
    context.report(`Kept an even sample of ${kept} of ${all} rows of ${reader.file} (max_rows)`);
  }
  const column = (request: ColumnRequest | undefined): TableColumn | undefined =>
    request === undefined ? undefined : table.columns[requests.indexOf(request)];
  const columns = (list: readonly ColumnRequest[]) =>
    list.flatMap((request) => column(request) ?? []);
  const [groupColumn, orderColumn] = [column(group), column(order)];
  const roles = {
    features: columns(features),
    targets: columns(targets),
    ...(groupColumn === undefined ? {} : { group: groupColumn }),
    ...(orderColumn === undefined ? {} : { order: orderColumn }),
  };
  reportCategories(roles.features, context);
  return tableDataset(table.rows, roles, {
    task: data.task,
    missing: data.missing_values,
    place: (row) => reader.place(table.at[row] ?? 0),
    report: context.report,
  });
}

const MAX_SHOWN = 20;

function reportCategories(features: readonly TableColumn[], { report }: LoadContext): void {
  for (const feature of features) {
    if (feature.kind !== "categories") continue;
    const { name, categories } = feature;
    const shown = categories.slice(0, MAX_SHOWN).join(", ");
    const more = categories.length > MAX_SHOWN ? ", …" : "";
    report(`Column ${name} has ${categories.length} categories: ${shown}${more}`);
  }
}
