import path from "node:path";
import { type Assumptions, mergeLintSettings } from "../../../core/protocol/lint-settings.ts";
import type { Span } from "../../../core/protocol/span.ts";
import { type LambdaValueFact, lambdaValueFacts } from "../facts/lambda-value.ts";
import { type DescribedLambda, describeLambda } from "../lambda/described-lambda.ts";
import type { ProjectFacts } from "../project/project-facts.ts";
import type { SettingsFinder } from "../workspace/settings-finder.ts";
import { isHistory, pathOfUri } from "./document-path.ts";
import type { EditorSettings } from "./editor-settings.ts";
import type { OpenNotebooks } from "./open-notebooks.ts";
import type { SourceDocument } from "./source-document.ts";

/** A λ of an open document with what is known and assumed about it. */
export interface OpenLambda {
  readonly fact: LambdaValueFact;
  readonly described: DescribedLambda;
}

/** The λs of open documents; found once for each version and each state of the project. */
export interface Lambdas {
  of(document: SourceDocument): Promise<readonly OpenLambda[]>;
  /** The one whose number, key or keyword touches the span, the last where several do. */
  at(document: SourceDocument, span: Span): Promise<OpenLambda | undefined>;
  assumptions(uri: string): Promise<Assumptions>;
}

export interface LambdaParts {
  readonly project: () => ProjectFacts;
  readonly notebooks: OpenNotebooks;
  readonly finder: SettingsFinder;
  readonly editor: EditorSettings;
}

interface Found {
  readonly project: ProjectFacts;
  readonly facts: readonly LambdaValueFact[];
}

export function lambdas({ finder, editor, notebooks, ...parts }: LambdaParts): Lambdas {
  const found = new WeakMap<SourceDocument, Found>();

  function factsOf(source: SourceDocument): readonly LambdaValueFact[] {
    const project = parts.project();
    const known = found.get(source);
    if (known?.project === project) return known.facts;
    const { uri, language, text } = source;
    const syntax = language === undefined || isHistory(uri) ? undefined : source.syntax(project);
    const facts =
      language === undefined || syntax === undefined
        ? []
        : lambdaValueFacts.extract(syntax, {
            path: pathOfUri(uri) ?? uri,
            language,
            text,
            project,
          });
    found.set(source, { project, facts });
    return facts;
  }

  /** Of a cell those that stand in it, read in the program that all cells make. */
  function factsIn(document: SourceDocument): readonly LambdaValueFact[] {
    const program = notebooks.programOf(document);
    if (program === undefined) return factsOf(document);
    const placed = (span: Span | undefined) => span && program.spanIn(document, span);
    return factsOf(program.source).flatMap((fact) => {
      const span = placed(fact.span);
      if (span === undefined) return [];
      const origin = placed(fact.origin) ?? span;
      // The call belongs to the program; a cell alone cannot be rewritten by it.
      return [{ ...fact, span, nameSpan: placed(fact.nameSpan), origin, call: undefined }];
    });
  }

  async function assumptions(uri: string): Promise<Assumptions> {
    const file = pathOfUri(uri);
    const inFile = file === undefined ? undefined : finder.find(path.dirname(file))?.settings;
    return mergeLintSettings(await editor.of(uri), inFile ?? {}).assume ?? {};
  }

  async function of(document: SourceDocument): Promise<readonly OpenLambda[]> {
    const facts = factsIn(document);
    if (facts.length === 0) return [];
    const assume = await assumptions(document.uri);
    return facts.flatMap((fact) => {
      const described = describeLambda(fact, assume);
      return described === undefined ? [] : [{ fact, described }];
    });
  }

  return {
    of,
    assumptions,
    async at(document, span) {
      const touched = (await of(document)).filter(({ fact }) =>
        [fact.span, fact.origin, ...(fact.nameSpan === undefined ? [] : [fact.nameSpan])].some(
          ({ start, end }) => start <= span.end && span.start <= end,
        ),
      );
      return touched.at(-1);
    },
  };
}
