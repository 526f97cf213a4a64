import { groupsOf, listChapters } from '../guide/chapters.ts';
import { operationsIn, type PlacedOperation, titleOf } from '../operations.ts';
import { schemasTag } from '../reference/schemas.ts';
import { tagSlug } from '../slug.ts';
import type { Source } from '../source.ts';

/** A place of the docs. */
export interface Place {
  title: string;
  /** Its URL, relative to the folder of the docs. */
  address: string;
  /** For an operation, in upper case. */
  method?: string;
}

export interface Group {
  title: string;
  places: Place[];
}

/** All places of the docs, under the headings of the navigation. */
export interface Navigation {
  guide: Group[];
  reference: Group[];
}

export const homeAddress = 'index.html';
export const referenceAddress = 'reference.html';

export function chapterAddress(name: string, heading = ''): string {
  return `guide/${name}.html${heading && `#${heading}`}`;
}

/** The URL of an operation in Redoc. */
export function operationAddress({ operation }: PlacedOperation): string {
  return `${tagAddress(operation.tags[0] ?? '')}/${operation.operationId.toLowerCase()}`;
}

export function schemaAddress(name: string): string {
  return `${tagAddress(schemasTag)}/${name.toLowerCase()}`;
}

function tagAddress(tag: string): string {
  return `${referenceAddress}#/${tagSlug(tag)}`;
}

export function navigationOf(source: Source): Navigation {
  const { document } = source;
  const operations = operationsIn(document);
  const chapters = listChapters(source);
  return {
    guide: groupsOf(chapters).map((title) => ({
      title,
      places: chapters
        .filter(({ group }) => group === title)
        .map((chapter) => ({ title: chapter.title, address: chapterAddress(chapter.name) })),
    })),
    reference: [
      { title: 'Overview', places: [{ title: 'About this API', address: `${referenceAddress}#/` }] },
      ...document.tags.map(({ name }) => ({
        title: name,
        places: operations
          .filter(({ operation }) => operation.tags.includes(name))
          .map((placed) => ({
            title: titleOf(placed),
            address: operationAddress(placed),
            method: placed.method,
          })),
      })),
      {
        title: schemasTag,
        places: Object.keys(document.components.schemas)
          .sort((a, b) => a.localeCompare(b))
          .map((name) => ({ title: name, address: schemaAddress(name) })),
      },
    ],
  };
}
