import MiniSearch, { type Options, type SearchResult } from 'minisearch';

/** A searchable place of the docs. */
export interface Entry {
  id: number;
  /** Relative to the folder of the docs. */
  address: string;
  title: string;
  /** Its context: the chapter of a heading, the method and path of an operation. */
  place: string;
  kind: Kind;
  /** Its names in code: `createParcel`, its fields, its known values. */
  names: string;
  text: string;
  /** The code in it, which is searched but not shown. */
  code: string;
}

/** A chapter, a heading within one, or a part of the reference. */
export type Kind = 'chapter' | 'section' | 'overview' | 'operation' | 'event' | 'schema';

/** If several places contain a word, the one that most readers look for comes first. */
const weights: Record<Kind, number> = {
  operation: 2,
  chapter: 1.5,
  event: 1.2,
  section: 1,
  overview: 1,
  schema: 1,
};

/** Words of nearly every text. */
const everywhere = new Set('a an and as for in is it of or that the to with'.split(' '));

/** The options to build and to read the index with. */
export const searchOptions: Options<Entry> = {
  fields: ['title', 'place', 'names', 'text', 'code'],
  storeFields: ['address', 'title', 'place', 'kind', 'names', 'text'],
  // Index a name as a whole, and its words.
  tokenize: (text) =>
    text
      .split(/[^\p{L}\p{N}_-]+/u)
      .filter((word) => word && !everywhere.has(word.toLowerCase()))
      .flatMap((word) => [word, ...partsOf(word)]),
  processTerm: (term) => {
    const word = term.toLowerCase();
    // Find plurals by the singular, and the other way around.
    return word.length > 4 ? word.replace(/ies$/, 'y').replace(/(?<=[^su])s$/, '') : word;
  },
  searchOptions: {
    boost: { title: 6, names: 3, place: 2, code: 0.3 },
    boostDocument: (_id, _term, stored) => weights[stored?.kind as Kind],
    // 401 must not match 4010.
    prefix: (term) => term.length > 1 && !/^\d+$/.test(term),
    // Two letters that changed places are two edits.
    fuzzy: (term) => term.length > 4 && (term.length > 6 ? 2 : 1),
    weights: { prefix: 0.5, fuzzy: 0.2 },
    combineWith: 'AND',
  },
};

/**
 * The places with all words of the query, or else those with any; the likeliest first. For an empty query, where most
 * readers start: the first chapters, and the operations.
 */
export function findPlaces(index: MiniSearch, query: string): SearchResult[] {
  if (query === '') {
    const all = index.search(MiniSearch.wildcard, { boostDocument: () => 1 });
    const chapters = all.filter(({ kind }) => kind === 'chapter');
    return [...chapters.slice(0, 5), ...all.filter(({ kind }) => kind === 'operation')];
  }
  const results = index.search(query);
  return results.length > 0 ? results : index.search(query, { combineWith: 'OR' });
}

function partsOf(word: string): string[] {
  const parts = word.split(/[_-]|(?<=[a-z\d])(?=[A-Z])/).filter(Boolean);
  return parts.length > 1 ? parts : [];
}
