import { describe, expect, test } from "vitest";
import { parseRunNotes, runNotesText, tagsOf } from "../../../core/protocol/run-notes.ts";

describe("parseRunNotes()", () => {
  test.each([
    ["nothing noted", {}],
    ["everything noted", { name: "Best so far", tags: ["paper", "l1"], baseline: true as const }],
  ])("reads back what is written: %s", (_name, notes) => {
    expect(parseRunNotes(runNotesText(notes))).toEqual(notes);
  });

  test.each([
    ['{"format":2}', "format should be 1, found 2"],
    ['{"format":1,"name":7}', "name should be text, found 7"],
    ['{"format":1,"tags":["a",null]}', "tags[1] should be text, found null"],
    ['{"format":1,"baseline":false}', "baseline should be true, found false"],
    ["[]", "the value should be an object, found []"],
    ["{", "JSON"],
    ["", "JSON"],
  ])("says what is wrong with %s", (json, problem) => {
    expect(parseRunNotes(json)).toContain(problem);
  });
});

test.each([
  ["paper, #l1  l1,", ["paper", "l1"]],
  ["  # ", []],
  ["", []],
])("tagsOf(%j) gives each tag once", (line, tags) => expect(tagsOf(line)).toEqual(tags));
