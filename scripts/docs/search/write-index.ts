import MiniSearch from 'minisearch';
import { type Document, resolve } from '../../openapi/document.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { fieldsOf, type Schema } from '../fields.ts';
import { listChapters } from '../guide/chapters.ts';
import { operationsIn, titleOf } from '../operations.ts';
import { codeIn, namesIn, plainText, sectionsOf } from '../read-markdown.ts';
import { chapterAddress, operationAddress, referenceAddress, schemaAddress } from '../site/navigation.ts';
import { slug } from '../slug.ts';
import type { Described, Source } from '../source.ts';
import { type Entry, searchOptions } from './search.ts';

/** The search index as a script, because a page from a file cannot load anything else. */
export function writeSearchIndex(source: Source): string {
  const index = new MiniSearch(searchOptions);
  index.addAll(entriesOf(source));
  return `docsSearchIndex = ${JSON.stringify(index)};\n`;
}

/** Every place of the docs. */
function entriesOf(source: Source): Entry[] {
  const { document } = source;
  const { title, description } = document.info;
  const entries: Omit<Entry, 'id'>[] = [
    ...guideEntries(source),
    {
      address: `${referenceAddress}#/`,
      title,
      place: 'Reference',
      kind: 'overview',
      names: '',
      text: plainText(description),
      code: '',
    },
    ...operationEntries(document),
    ...schemaEntries(document),
  ];
  return entries.map((entry, id) => ({ ...entry, id }));
}

/** A place for each chapter, and for each heading of level 2 in the hand-written ones. */
function guideEntries(source: Source): Omit<Entry, 'id'>[] {
  return listChapters(source).flatMap(({ name, title, text, isWritten }) => {
    const [start, ...sections] = sectionsOf(text);
    return [...(start ? [start] : []), ...(isWritten ? sections : [])].map((section) => ({
      address: chapterAddress(name, section === start ? '' : slug(section.title)),
      title: section.title,
      place: section === start ? 'Guide' : title,
      kind: section === start ? 'chapter' : 'section',
      names: [...(section === start ? [name] : []), ...(isWritten ? namesIn(section.text) : [])].join(' '),
      text: plainText(section.text),
      code: codeIn(section.text)
        .map((block) => block.text)
        .join('\n'),
    }));
  });
}

function operationEntries(document: object): Omit<Entry, 'id'>[] {
  return operationsIn(document).map((placed) => {
    const { operation, method, path, isWebhook } = placed;
    const media = chooseMedia(placed.described.body?.content);
    const schema = resolve<Schema>(document as Document, media?.schema ?? {});
    const parameters = placed.parameters.map(({ name }) => name);
    return {
      address: operationAddress(placed),
      title: titleOf(placed),
      place: isWebhook ? operation.summary : `${method} ${path}`,
      kind: isWebhook ? 'event' : 'operation',
      names: [
        operation.operationId,
        ...parameters,
        ...fieldsOf(schema).map((field) => field.name),
        ...(operation['x-pagination'] ? ['pagination'] : []),
      ].join(' '),
      text: plainText(operation.description),
      code: '',
    };
  });
}

function schemaEntries({ components }: Described): Omit<Entry, 'id'>[] {
  return Object.entries<Schema>(components.schemas).map(([name, schema]) => {
    const fields = fieldsOf(schema);
    const values = Object.entries(schema['x-enumDescriptions'] ?? {});
    return {
      address: schemaAddress(name),
      title: name,
      place: 'Schema',
      kind: 'schema',
      names: [...fields.map(({ name: field }) => field), ...values.map(([value]) => value)].join(' '),
      text: plainText(
        [
          schema.description,
          ...fields.map(({ name: field, schema: { description = '' } }) => `${field}: ${description}`),
          ...values.map(([value, meaning]) => `${value}: ${meaning}`),
        ].join('\n'),
      ),
      code: '',
    };
  });
}
