import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { type ExperimentValue, experimentValues } from "../../core/experiment/experiment-values.ts";
import { changeFault, pairOf } from "./runs/changed-values.ts";
import { readExperiment, valueText } from "./runs/experiment-as-run.ts";

type Choice = QuickPickItem & { readonly take?: "run" | ExperimentValue | Typed };

interface Typed {
  readonly key: string;
  readonly text: string;
}

interface Question {
  readonly title: string;
  /** The experiment whose values are changed. */
  readonly text: string;
}

/**
 * Lets the reader change values of an experiment one after the other, and gives what to set; a
 * change is only taken where the experiment can be trained with it. Undefined after Escape.
 */
export async function changeValues({
  title,
  text,
}: Question): Promise<ReadonlyMap<string, string> | undefined> {
  const values = experimentValues(readExperiment(text, {}));
  let changes: ReadonlyMap<string, string> = new Map();
  for (;;) {
    const taken = await pickValue(title, values, changes);
    if (taken === undefined) return undefined;
    if (taken === "run") {
      const fault = changeFault(text, changes);
      if (fault === undefined) return changes;
      void window.showWarningMessage(`It cannot be trained so: ${fault}.`);
      continue;
    }
    const typed = "text" in taken ? taken.text : await askValue({ title, text }, taken, changes);
    if (typed === undefined) continue; // Escape leads back to the list.
    const changed = new Map(changes).set(taken.key, typed);
    const own = values.find(({ key }) => key === taken.key);
    if (own?.value !== undefined && valueText(own.value) === typed) changed.delete(taken.key);
    changes = changed;
  }
}

/** The value to change, or to run with what has been changed. */
function pickValue(
  title: string,
  values: readonly ExperimentValue[],
  changes: ReadonlyMap<string, string>,
): Promise<Choice["take"]> {
  const box = window.createQuickPick<Choice>();
  const rows = choices(values, changes);
  box.title = title;
  box.placeholder = "Pick a value to change, or type key=value";
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.items = rows;
  return new Promise((resolve) => {
    box.onDidChangeValue((typed) => {
      const pair = pairOf(typed);
      box.items = pair === undefined ? rows : [typedChoice(pair), ...rows];
    });
    box.onDidAccept(() => {
      resolve(box.selectedItems[0]?.take);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function typedChoice({ key, value }: { readonly key: string; readonly value: string }): Choice {
  return {
    label: `$(edit) Set ${key} to ${value}`,
    alwaysShow: true,
    take: { key, text: value },
  };
}

function choices(
  values: readonly ExperimentValue[],
  changes: ReadonlyMap<string, string>,
): readonly Choice[] {
  const separator = (label: string): Choice => ({ label, kind: QuickPickItemKind.Separator });
  const known = new Set(values.map(({ key }) => key));
  const others = [...changes.keys()].filter((key) => !known.has(key)).map(unknownValue);
  const changed = [...values, ...others].filter(({ key }) => changes.has(key));
  const same = values.filter(({ key }) => !changes.has(key));
  const count = changes.size === 1 ? "1 Change" : `${changes.size} Changes`;
  return [
    ...(changes.size === 0
      ? []
      : [{ label: `$(play) Run with ${count}`, take: "run" } as const, separator("changed")]),
    ...changed.map((value) => choice(value, changes.get(value.key))),
    separator("in the file"),
    ...same.filter(({ value }) => value !== undefined).map((value) => choice(value)),
    separator("not in the file"),
    ...same.filter(({ value }) => value === undefined).map((value) => choice(value)),
  ];
}

/** A key that was typed and that no place of the file has. */
const unknownValue = (key: string): ExperimentValue => ({
  ...{ key, value: undefined, usual: undefined, options: [], allowed: "", description: "" },
});

function choice(value: ExperimentValue, changed?: string): Choice {
  const { key, usual, allowed } = value;
  const before = value.value === undefined ? undefined : valueText(value.value);
  const description =
    changed === undefined
      ? (before ?? (usual === undefined ? "" : `usually ${valueText(usual)}`))
      : before === undefined
        ? changed
        : `${changed}, was ${before}`;
  const note = changed === undefined && before === undefined ? { detail: allowed } : {};
  return { label: key, description, take: value, ...note };
}

/** Asks for the new value; undefined after Escape. */
function askValue(
  { title, text }: Question,
  value: ExperimentValue,
  changes: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const { key, options, usual, allowed, description } = value;
  const current = changes.get(key) ?? valueText(value.value ?? usual ?? "");
  if (options.length > 0) return pickOptionOf(title, value, current);
  const fault = (typed: string) =>
    typed.trim() === "" ? "" : changeFault(text, new Map(changes).set(key, typed.trim()), key);
  return Promise.resolve(
    window.showInputBox({
      title: `${title}: ${key}`,
      prompt: [description, allowed].filter((part) => part !== "").join(" "),
      value: current,
      validateInput: fault,
    }),
  ).then((typed) => (typed?.trim() === "" ? undefined : typed?.trim()));
}

async function pickOptionOf(
  title: string,
  { key, options, description }: ExperimentValue,
  current: string,
): Promise<string | undefined> {
  const items = options.map((label) =>
    label === current ? { label, description: "current" } : { label },
  );
  const picked = await window.showQuickPick(items, {
    title: `${title}: ${key}`,
    placeHolder: description,
  });
  return picked?.label;
}
