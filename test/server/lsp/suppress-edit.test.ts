import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/engine/apply-fixes.ts";
import { SOURCE_DOCUMENTS } from "../../../server/src/lsp/source-document.ts";
import { suppressInFile, suppressOnLine } from "../../../server/src/lsp/suppress-edit.ts";
import { findingOf } from "../../support/finding-of.ts";

function silenced(
  suppress: typeof suppressOnLine,
  text: string,
  languageId = "python",
): string | undefined {
  const edit = suppress(
    SOURCE_DOCUMENTS.create("untitled:a", languageId, 0, text),
    findingOf(text, "lr"),
  );
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

describe("suppressOnLine()", () => {
  test.each([
    ["adds a comment", "lr = 1\nx\n", "lr = 1  # normlens: ignore[NL601]\nx\n"],
    ["drops blanks at the end", "lr = 1  \n", "lr = 1  # normlens: ignore[NL601]\n"],
    ["keeps another comment", "lr = 1  # fast", "lr = 1  # fast  # normlens: ignore[NL601]"],
    [
      "joins a list that is there",
      "lr = 1  # normlens: ignore[NL101]",
      "lr = 1  # normlens: ignore[NL101, NL601]",
    ],
    ["fills an empty list", "lr = 1  # normlens: ignore[]", "lr = 1  # normlens: ignore[NL601]"],
    ["does nothing before a line continuation", "lr = 1 + \\\n  2", undefined],
  ])("%s", (_name, text, expected) => expect(silenced(suppressOnLine, text)).toBe(expected));

  test("uses the comment of the language, none in plain JSON", () => {
    expect(silenced(suppressOnLine, "lr: 1", "yaml")).toBe("lr: 1  # normlens: ignore[NL601]");
    expect(silenced(suppressOnLine, '{"lr": 1}', "jsonc")).toBe(
      '{"lr": 1}  // normlens: ignore[NL601]',
    );
    expect(silenced(suppressOnLine, '{"lr": 1}', "json")).toBeUndefined();
    expect(silenced(suppressOnLine, "lr = 1;", "typescript")).toBe(
      "lr = 1;  // normlens: ignore[NL601]",
    );
  });
});

describe("suppressInFile()", () => {
  test("stands on top of JavaScript, below its directive", () => {
    expect(silenced(suppressInFile, '"use strict";\nlr = 1', "javascript")).toBe(
      '"use strict";\n// normlens: ignore-file[NL601]\nlr = 1',
    );
  });

  test("stands on top, below interpreter, encoding and the magic of a cell", () => {
    expect(silenced(suppressInFile, "%%time\nlr = 1")).toBe(
      "%%time\n# normlens: ignore-file[NL601]\nlr = 1",
    );
    expect(silenced(suppressInFile, "lr = 1")).toBe("# normlens: ignore-file[NL601]\nlr = 1");
    expect(silenced(suppressInFile, "#!/usr/bin/env python\n# coding: utf-8\nlr = 1")).toBe(
      "#!/usr/bin/env python\n# coding: utf-8\n# normlens: ignore-file[NL601]\nlr = 1",
    );
  });
});
