import { isMap, isSeq, type YAMLMap } from 'yaml';
import type { Draft } from './draft.ts';

/** Adds a path or a webhook at the end of its section, which is created before the components if it is missing. */
export function enter(draft: Draft, section: 'paths' | 'webhooks', key: string, target: string): void {
  draft.edit(draft.contract, (document) => {
    if (!document.has(section) && isMap(document.contents)) {
      const { items } = document.contents;
      const components = items.findIndex((pair) => String(pair.key) === 'components');
      items.splice(components < 0 ? items.length : components, 0, document.createPair(section, {}));
    }
    document.setIn([section, key], document.createNode({ $ref: target }));
  });
}

/** Adds a tag in alphabetical order, unless it exists. */
export function enterTag(draft: Draft, name: string, description: string): void {
  draft.edit(draft.contract, (document) => {
    if (!document.has('tags')) document.set('tags', document.createNode([]));
    const tags = document.get('tags');
    if (!isSeq<YAMLMap>(tags)) return;
    const names = tags.items.map((tag) => (isMap(tag) ? String(tag.get('name')) : ''));
    if (names.includes(name)) return;
    const next = names.findIndex((other) => other > name);
    tags.items.splice(next < 0 ? names.length : next, 0, document.createNode({ name, description }));
  });
}
