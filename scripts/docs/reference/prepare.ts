import { type Document, type Example, resolve } from '../../openapi/document.ts';
import { samplesFor } from '../calls/samples.ts';
import { scenariosOf } from '../guide/scenarios.ts';
import { operationsIn, type PlacedOperation } from '../operations.ts';
import { chapterAddress } from '../site/navigation.ts';
import { slug, tagSlug } from '../slug.ts';
import type { Described, Source } from '../source.ts';
import { orderSchemas, schemasTag } from './schemas.ts';
import { showValues } from './values.ts';

/** A copy of the document only for Redoc, with additions for what Redoc would omit or show differently. */
export function prepareForRedoc(source: Source): object {
  const { document } = source;
  const copy = orderSchemas(showValues(document));
  listServers(copy);
  nameTags(copy);
  for (const placed of operationsIn(copy)) {
    const { operation } = placed;
    if (placed.isWebhook) nameByEvent(placed, document);
    else {
      const { length } = scenariosOf(placed, document);
      if (length > 0)
        operation.description += `\n\n[Scenarios of the mock: ${length}](${chapterAddress('mock-scenarios', slug(operation.operationId))})`;
      Object.assign(operation, {
        // On a phone, Redoc shows the method and the path only after the whole description.
        'x-badges': [{ name: `${placed.method} ${placed.path}`, color: 'blue' }],
      });
    }
    Object.assign(operation, { 'x-codeSamples': codeSamples(placed, source) });
  }
  return copy;
}

/** Shows the servers as text. Redoc would show a choice of servers that does not affect the samples. */
function listServers(document: Described): void {
  const rows = document.servers.map(({ url, description }) => `| \`${url}\` | ${description} |`);
  document.servers = [];
  if (rows.length > 0)
    document.info.description += `\n\n| Server | Description |\n|---|---|\n${rows.join('\n')}`;
}

/** Gives each tag a name with a known anchor, and shows its own. */
function nameTags(document: Described): void {
  for (const tag of document.tags)
    if (tag.name !== schemasTag) Object.assign(tag, { 'x-displayName': tag.name, name: tagSlug(tag.name) });
  for (const { operation } of operationsIn(document)) operation.tags = operation.tags.map(tagSlug);
}

/** Shows the name of an event instead of its summary, because that is how readers know it. */
function nameByEvent({ operation, path, described }: PlacedOperation, document: object): void {
  operation.description = `${operation.summary}. ${operation.description}`;
  operation.summary = path;
  const examples = Object.values(described.body?.content ?? {}).flatMap(({ examples = {} }) =>
    Object.values(examples),
  );
  const summaries = examples
    .map((example) => resolve<Example>(document as Document, example).summary)
    .filter(Boolean);
  // Redoc shows the summaries only if there are several examples.
  if (summaries.length > 0)
    operation.description += `\n\nThe example${summaries.length > 1 ? 's show' : ' shows'}: ${summaries.join('; ')}.`;
}

/** `source` contains the code for each example; a patch of Redoc selects one by the name of the example. */
function codeSamples(placed: PlacedOperation, source: Source): object[] {
  return samplesFor(placed, source).map(({ label, language, code }) => {
    const [first = ''] = code.values();
    return {
      lang: language === 'sh' ? 'bash' : 'typescript',
      label,
      source: code.size > 1 ? Object.fromEntries(code) : first,
    };
  });
}
