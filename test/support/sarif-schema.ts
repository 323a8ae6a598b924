import type { Schema } from "@cfworker/json-schema";

/**
 * The part of SARIF 2.1.0 that NormLens writes, as a JSON Schema: required properties, types and
 * enumerations as the standard has them, and no property that it does not know at that place.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
const object = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema => ({
  type: "object",
  additionalProperties: false,
  properties,
  required: [...required],
});
const arrayOf = (items: Schema, minItems = 0): Schema => ({ type: "array", items, minItems });
const TEXT: Schema = { type: "string" };
const POSITIVE: Schema = { type: "integer", minimum: 1 };
const BAG: Schema = { type: "object" };
const LEVEL: Schema = { enum: ["none", "note", "warning", "error"] };

/** Section 3.11, 3.12. */
const MESSAGE = object({ text: TEXT, markdown: TEXT }, ["text"]);
/** Section 3.4: a URI reference, so that blanks and marks are escaped. */
const ARTIFACT = object({
  uri: { type: "string", pattern: "^[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]*$" },
  uriBaseId: TEXT,
});
/** Section 3.30. */
const REGION = object({
  startLine: POSITIVE,
  startColumn: POSITIVE,
  endLine: POSITIVE,
  endColumn: POSITIVE,
});
/** Section 3.28, 3.29. */
const LOCATION = object({
  id: { type: "integer", minimum: -1 },
  message: MESSAGE,
  physicalLocation: object({ artifactLocation: ARTIFACT, region: REGION }, ["artifactLocation"]),
});
/** Section 3.55 to 3.57. */
const FIX = object(
  {
    description: MESSAGE,
    artifactChanges: arrayOf(
      object(
        {
          artifactLocation: ARTIFACT,
          replacements: arrayOf(
            object({ deletedRegion: REGION, insertedContent: object({ text: TEXT }) }, [
              "deletedRegion",
            ]),
            1,
          ),
        },
        ["artifactLocation", "replacements"],
      ),
      1,
    ),
  },
  ["artifactChanges"],
);
/** Section 3.27. */
const RESULT = object(
  {
    ruleId: TEXT,
    ruleIndex: { type: "integer", minimum: -1 },
    level: LEVEL,
    message: MESSAGE,
    locations: arrayOf(LOCATION),
    relatedLocations: arrayOf(LOCATION),
    fixes: arrayOf(FIX),
    partialFingerprints: { type: "object", additionalProperties: TEXT },
    properties: BAG,
  },
  ["message"],
);
/** Section 3.49. */
const RULE = object(
  {
    id: TEXT,
    name: TEXT,
    shortDescription: MESSAGE,
    fullDescription: MESSAGE,
    help: MESSAGE,
    defaultConfiguration: object({ level: LEVEL }),
    properties: BAG,
  },
  ["id"],
);
/** Section 3.20, 3.58. */
const INVOCATION = object(
  {
    executionSuccessful: { type: "boolean" },
    toolExecutionNotifications: arrayOf(
      object({ level: LEVEL, message: MESSAGE, locations: arrayOf(LOCATION) }, ["message"]),
    ),
  },
  ["executionSuccessful"],
);
/** Section 3.14, 3.18, 3.19. */
const RUN = object(
  {
    tool: object(
      { driver: object({ name: TEXT, semanticVersion: TEXT, rules: arrayOf(RULE) }, ["name"]) },
      ["driver"],
    ),
    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
    invocations: arrayOf(INVOCATION),
    results: arrayOf(RESULT),
  },
  ["tool"],
);

/** Section 3.13. */
export const SARIF_SCHEMA = object(
  { $schema: { type: "string", format: "uri" }, version: { const: "2.1.0" }, runs: arrayOf(RUN) },
  ["version", "runs"],
);
