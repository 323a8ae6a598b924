import { expect, test } from "vitest";
import { checkText } from "../../server/src/engine/check-text.ts";
import type { LintDocument } from "../../server/src/engine/document.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";
import { RULES } from "../../server/src/rules/rules.generated.ts";
import { MUTATORS } from "./all-mutators.ts";
import { mutate, sourceOf } from "./mutator.ts";

const EXTENSIONS = {
  python: "py",
  javascript: "ts",
  yaml: "yaml",
  json: "json",
  toml: "toml",
} as const;

test.each(MUTATORS.map((mutator) => [`${mutator.code} ${mutator.mistake}`, mutator] as const))(
  "%s, and is found",
  (_name, mutator) => {
    const { code, language, example } = mutator;
    const path = mutator.path ?? `example.${EXTENSIONS[language]}`;
    const document: LintDocument = { path, language, text: example, project: NO_PROJECT };
    const selection = { rules: RULES.filter((rule) => rule.code === code), severities: new Map() };
    expect(checkText(document, selection)).toEqual([]);

    const mutant = mutate(mutator, sourceOf(example, language), path);
    expect(mutant?.text).not.toBe(example);
    const findings = checkText({ ...document, text: mutant?.text ?? "" }, selection);
    expect({ mutant: mutant?.text, found: findings.length > 0 }).toEqual({
      mutant: mutant?.text,
      found: true,
    });
  },
);
