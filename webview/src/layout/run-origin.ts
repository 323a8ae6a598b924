import type { CodeAction, RunChanges } from "../../../core/protocol/panel/code.ts";

/** Something about what a run was launched with, and what can be done about it. */
export interface OriginNote {
  readonly id: "findings" | "config" | "code";
  readonly icon: string;
  readonly text: string;
  readonly hint: string;
  readonly action?: { readonly label: string; readonly message: CodeAction };
}

/** What the header says of a run's findings at launch and of changes since; nothing where there is nothing. */
export function runOrigin(
  findings: number,
  changes: RunChanges | undefined,
): readonly OriginNote[] {
  return [...ofFindings(findings), ...ofConfig(changes), ...ofCode(changes)];
}

function ofFindings(count: number): readonly OriginNote[] {
  if (count === 0) return [];
  return [
    {
      id: "findings",
      icon: "warning",
      text: count === 1 ? "1 finding at launch" : `${count} findings at launch`,
      hint: "What NormLens had found in the workspace when this run was launched",
      action: { label: "Show", message: { type: "run/show-findings" } },
    },
  ];
}

function ofConfig(changes: RunChanges | undefined): readonly OriginNote[] {
  switch (changes?.config) {
    case "changed":
      return [
        {
          id: "config",
          icon: "diff",
          text: "Config changed since this run",
          hint: "The experiment file is not what this run was launched with",
          action: { label: "Show diff", message: { type: "run/show-changes", kind: "config" } },
        },
      ];
    case "gone":
      return [
        {
          id: "config",
          icon: "diff-removed",
          text: "Config is gone",
          hint: "The experiment file is not there any more; the run has its own copy",
        },
      ];
    default:
      return [];
  }
}

function ofCode(changes: RunChanges | undefined): readonly OriginNote[] {
  const { commit = "", files = 0 } = changes?.code ?? {};
  if (files === 0) return [];
  const count = files === 1 ? "1 file of code differs" : `${files} files of code differ`;
  return [
    {
      id: "code",
      icon: "git-commit",
      text: "Code changed since this run",
      hint: `${count} from commit ${commit.slice(0, 7)}, at which this run was launched`,
      action: { label: "Show diff", message: { type: "run/show-changes", kind: "code" } },
    },
  ];
}
