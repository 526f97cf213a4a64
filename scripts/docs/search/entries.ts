import MiniSearch from 'minisearch';
import { type Document, resolve } from '../../openapi/document.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { listChapters } from '../guide/chapters.ts';
import { operationsIn, titleOf } from '../operations.ts';
import { chapterAddress, operationAddress, referenceAddress, schemaAddress } from '../site/navigation.ts';
import { slug } from '../slug.ts';
import type { Described, Source } from '../source.ts';
import { type Entry, searchOptions } from './options.ts';

interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  enum?: unknown[];
  'x-enumDescriptions'?: Record<string, string>;
}

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
      names: [...(section === start ? [name] : []), ...namesIn(section.text)].join(' '),
      text: plainText(section.text),
      code: Array.from(section.text.matchAll(codeBlocks), ([block]) => block).join('\n'),
    }));
  });
}

const codeBlocks = /^```[\s\S]*?^```$/gm;

/** The parts of a text below its headings of levels 1 and 2. */
function sectionsOf(markdown: string): { title: string; text: string }[] {
  const sections: { title: string; text: string }[] = [];
  // A comment in a code block can look like a heading.
  const parts = markdown.matchAll(/^#{1,2} (.+)\n((?:```[\s\S]*?^```$|(?!^#{1,2} )[\s\S])*)/gm);
  for (const [, title = '', text = ''] of parts) sections.push({ title, text });
  return sections;
}

/** The words between backticks in the prose. */
function namesIn(markdown: string): Set<string> {
  const prose = markdown.replace(codeBlocks, '');
  return new Set(Array.from(prose.matchAll(/`([^`\n]+)`/g), ([, name = '']) => name));
}

/** Without code and Markdown syntax. */
function plainText(markdown: string): string {
  return markdown
    .replace(codeBlocks, '')
    .replace(/^\|[-| ]+\|$/gm, '')
    .replace(/^#+ /gm, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/ ?\| ?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function operationEntries(document: object): Omit<Entry, 'id'>[] {
  return operationsIn(document).map((placed) => {
    const { operation, method, path, isWebhook } = placed;
    const schema = chooseMedia(placed.described.body?.content)?.schema ?? {};
    const parameters = placed.parameters.map(({ name }) => name);
    return {
      address: operationAddress(placed),
      title: titleOf(placed),
      place: isWebhook ? operation.summary : `${method} ${path}`,
      kind: isWebhook ? 'event' : 'operation',
      names: [
        operation.operationId,
        ...parameters,
        ...fieldsOf(schema, document),
        ...(operation['x-pagination'] ? ['pagination'] : []),
      ].join(' '),
      text: plainText(operation.description),
      code: '',
    };
  });
}

function schemaEntries({ components }: Described): Omit<Entry, 'id'>[] {
  return Object.entries<Schema>(components.schemas).map(([name, schema]) => {
    const fields = partsOf(schema).flatMap(({ properties = {} }) => Object.entries(properties));
    const values = Object.entries(schema['x-enumDescriptions'] ?? {});
    return {
      address: schemaAddress(name),
      title: name,
      place: 'Schema',
      kind: 'schema',
      names: [...fields, ...values].map(([key]) => key).join(' '),
      text: plainText(
        [
          schema.description,
          ...fields.map(([field, { description = '' }]) => `${field}: ${description}`),
          ...values.map(([value, meaning]) => `${value}: ${meaning}`),
        ].join('\n'),
      ),
      code: '',
    };
  });
}

/** The names of its fields, including those of its parts, but not of nested objects. */
function fieldsOf(schema: Schema, document: object): string[] {
  return partsOf(resolve(document as Document, schema)).flatMap((part) =>
    Object.keys(resolve(document as Document, part).properties ?? {}),
  );
}

function partsOf(schema: Schema): Schema[] {
  return [schema, ...(schema.allOf ?? [])];
}
