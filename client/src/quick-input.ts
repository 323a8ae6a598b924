import { type QuickPickItem, window } from "vscode";
import type { TextQuestion } from "./host.ts";

/** One of the labels, of which `current` is marked and comes first to the keyboard. */
export async function pickOption(
  title: string,
  labels: readonly string[],
  current: string,
): Promise<string | undefined> {
  const items = labels.map(
    (label): QuickPickItem => (label === current ? { label, description: "current" } : { label }),
  );
  return (await window.showQuickPick(items, { title }))?.label;
}

/** Asks for a line of text; undefined when Escape was pressed. */
export function askText({
  title,
  prompt,
  value,
  onChange,
}: TextQuestion): Promise<string | undefined> {
  const box = window.createInputBox();
  box.title = title;
  box.prompt = prompt;
  box.value = value;
  return new Promise((resolve) => {
    box.onDidChangeValue((text) => onChange?.(text));
    box.onDidAccept(() => {
      resolve(box.value);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}
