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

function silencedWhole(text: string, code: string): string | undefined {
  const document = SOURCE_DOCUMENTS.create("untitled:a", "python", 0, text);
  const edit = suppressOnLine(document, findingOf(text, code));
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
    ["fills in a missing list", "lr = 1  # normlens: ignore", "lr = 1  # normlens: ignore[NL601]"],
    [
      "stands above where the line goes on",
      "x\n  lr = 1 + \\\n  2",
      "x\n  # normlens: ignore[NL601]\n  lr = 1 + \\\n  2",
    ],
    [
      "stands above where a long string begins",
      'f(lr=1, doc="""\ntext\n""")\n',
      '# normlens: ignore[NL601]\nf(lr=1, doc="""\ntext\n""")\n',
    ],
    [
      "stands behind the end of a long string",
      'f("""\ntext\n""", lr=1)\n',
      'f("""\ntext\n""", lr=1)  # normlens: ignore[NL601]\n',
    ],
    [
      "is no comment where a list stands in a string",
      'f(lr=1, s="normlens: ignore[NL101]")',
      'f(lr=1, s="normlens: ignore[NL101]")  # normlens: ignore[NL601]',
    ],
    ["leaves a long string alone", 'f(f"""\n{lr}\n""")', undefined],
    ["leaves what was continued alone", "x = 1 + \\\nlr + \\\n2", undefined],
  ])("%s", (_name, text, expected) => expect(silenced(suppressOnLine, text)).toBe(expected));

  test("stands behind the last line where the first one runs on into a string", () => {
    const text = 'w = """\n""" + lr(a,\nb, """\n""")\n';
    expect(silencedWhole(text, 'lr(a,\nb, """\n""")')).toBe(
      'w = """\n""" + lr(a,  # normlens: ignore[NL601]\nb, """\n""")\n',
    );
    const open = 'lr("""\n""", a)\n';
    expect(silencedWhole(open, 'lr("""\n""", a)')).toBe(
      'lr("""\n""", a)  # normlens: ignore[NL601]\n',
    );
  });

  test("stays out of YAML's text blocks and of template strings", () => {
    expect(silenced(suppressOnLine, "note: |\n  lr: 1\n", "yaml")).toBeUndefined();
    expect(silenced(suppressOnLine, "const s = `\n${lr}\n`;", "typescript")).toBeUndefined();
  });

  test("silences no comment that silences", () => {
    const text = "x = 1  # normlens: ignore[NL601]\n";
    const document = SOURCE_DOCUMENTS.create("untitled:a", "python", 0, text);
    const unused = findingOf(text, "NL601", [], { code: "NLC14", name: "unused-suppression" });
    expect(suppressOnLine(document, unused)).toBeUndefined();
    expect(suppressInFile(document, unused)).toBeUndefined();
  });

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
