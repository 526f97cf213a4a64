import { samplesFor } from '../calls/samples.ts';
import { scenariosOf } from '../guide/scenarios.ts';
import { operationsIn, type PlacedOperation } from '../operations.ts';
import { resolve } from '../resolve.ts';
import { chapterAddress } from '../site/navigation.ts';
import { slug } from '../slug.ts';
import { orderSchemas } from './schemas.ts';
import { showValues } from './values.ts';

interface Body {
  content?: Record<string, { examples?: Record<string, { summary?: string }> }>;
}

interface Described {
  info?: { description: string };
  servers?: { url: string; description?: string }[];
}

/**
 * A copy of the document that says in Redoc's terms what Redoc would leave out, or say otherwise: it is for Redoc
 * alone.
 */
export function prepareForRedoc<Document extends object>(document: Document): Document {
  const copy = orderSchemas(showValues(document));
  listServers(copy);
  for (const placed of operationsIn(copy)) {
    const { operation } = placed;
    if (placed.isWebhook) nameByEvent(placed, document);
    else {
      const { length } = scenariosOf(placed, document);
      if (length > 0)
        operation.description += `\n\n[Scenarios of the mock: ${length}](${chapterAddress('mock-scenarios', slug(operation.operationId))})`;
      Object.assign(operation, {
        // On a phone, what Redoc shows of them comes after all that is said of the request.
        'x-badges': [{ name: `${placed.method} ${placed.path}`, color: 'blue' }],
      });
    }
    Object.assign(operation, { 'x-codeSamples': codeSamples(placed, document) });
  }
  return copy;
}

/** As text. Where Redoc knows of servers, it lets its reader choose one, which changes no sample. */
function listServers(document: Described): void {
  const rows = (document.servers ?? []).map(({ url, description = '' }) => `| \`${url}\` | ${description} |`);
  delete document.servers;
  if (document.info && rows.length > 0)
    document.info.description += `\n\n| Server | Description |\n|---|---|\n${rows.join('\n')}`;
}

/** An event is known by its name, which stands where Redoc shows the summary. */
function nameByEvent({ operation, path }: PlacedOperation, document: object): void {
  operation.description = `${operation.summary}. ${operation.description}`;
  operation.summary = path;
  const body = resolve<Body>(operation.requestBody ?? {}, document);
  const examples = Object.values(body.content ?? {}).flatMap(({ examples = {} }) => Object.values(examples));
  const summaries = examples.map((example) => resolve(example, document).summary).filter(Boolean);
  // Redoc tells them where there is a choice between several alone.
  if (summaries.length > 0)
    operation.description += `\n\nThe example${summaries.length > 1 ? 's show' : ' shows'}: ${summaries.join('; ')}.`;
}

/** `source` has the code of each example; a patch of Redoc chooses from it by the name of the example. */
function codeSamples(placed: PlacedOperation, document: object): object[] {
  return samplesFor(placed, document).map(({ label, language, code }) => {
    const [first = ''] = code.values();
    return {
      lang: language === 'sh' ? 'bash' : 'typescript',
      label,
      source: code.size > 1 ? Object.fromEntries(code) : first,
    };
  });
}
