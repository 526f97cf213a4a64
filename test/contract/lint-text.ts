import {
  BaseResolver,
  type Config,
  getLineColLocation,
  lintDocument,
  makeDocumentFromString,
  Source,
} from '@redocly/openapi-core';

/** A finding as a person reads it: `file:line pointer message`. */
export type Finding = { rule: string; place: string; pointer: string; message: string };

/** Lints a contract given as the texts of its files; the first is the root. */
export async function lintTexts(files: Record<string, string>, config: Config): Promise<Finding[]> {
  const entries = Object.entries(files).map(([name, text]) => [`/contract/${name}`, text] as const);
  const [root] = entries;
  if (!root) throw new Error('Give at least one file.');
  const resolver = new TextResolver(new Map(entries));
  const document = makeDocumentFromString(root[1], root[0]);
  const problems = await lintDocument({ document, config, externalRefResolver: resolver });
  return problems.map(({ ruleId, message, location: [location] }) => {
    if (!location) throw new Error(`A finding without a place: ${message}`);
    const { start } = getLineColLocation(location);
    const file = location.source.absoluteRef.replace('/contract/', '');
    return { rule: ruleId, place: `${file}:${start.line}`, pointer: location.pointer ?? '', message };
  });
}

class TextResolver extends BaseResolver {
  readonly #files: ReadonlyMap<string, string>;

  constructor(files: ReadonlyMap<string, string>) {
    super();
    this.#files = files;
  }

  override async loadExternalRef(path: string): Promise<Source> {
    const text = this.#files.get(path);
    if (text === undefined) throw new Error(`The test has no file ${path}.`);
    return new Source(path, text);
  }
}
