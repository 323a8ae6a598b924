import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readExperimentFile } from "../trainer/src/experiment-file.ts";
import { PROCEDURES } from "../trainer/src/procedures.generated.ts";

const FOLDER = path.join(import.meta.dirname, "../examples");
const EXPERIMENTS = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".normlens.yaml"))
  .map((name) => name.split(path.sep).join("/"))
  .toSorted();

describe("examples", () => {
  test.each(EXPERIMENTS)("%s is valid and has one procedure", (name) => {
    const { experiment } = readExperimentFile(path.join(FOLDER, name), FOLDER, []);
    expect(PROCEDURES.filter(({ handles }) => handles(experiment))).toHaveLength(1);
  });

  test("are all named in the table of contents, and nothing else is", () => {
    const text = readFileSync(path.join(FOLDER, "README.md"), "utf8");
    const named = [...text.matchAll(/\]\(([^)]+\.normlens\.yaml)\)/g)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(EXPERIMENTS);
  });
});
