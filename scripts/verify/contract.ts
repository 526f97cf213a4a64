import { readFileSync } from 'node:fs';
import { parseYaml } from '@redocly/openapi-core';

export type Node = Record<string, unknown>;

/** A node of the contract and its JSON pointer. */
export interface Place {
  pointer: string;
  node: Node;
}

/** The bundled contract, whose nodes know their pointers. */
export class Contract {
  readonly root: Place;

  constructor(document: string) {
    this.root = { pointer: '#', node: parseYaml(readFileSync(document, 'utf8')) as Node };
  }

  /** The node at these keys, with all references resolved. */
  at(place: Place, ...keys: string[]): Place | undefined {
    let found: Place | undefined = place;
    for (const key of keys) {
      const child: Place | undefined = found && childOf(found, key);
      found = child && (this.target(child) ?? child);
    }
    return found;
  }

  /** Resolves a reference. */
  target({ node }: Place): Place | undefined {
    const { $ref } = node;
    if (typeof $ref !== 'string') return undefined;
    const keys = $ref.slice('#/'.length).split('/').map(unescapeKey);
    return this.at(this.root, ...keys);
  }

  /** Each operation under `paths`, by its operationId. */
  operations(): Map<string, Place> {
    const operations = new Map<string, Place>();
    const paths = childOf(this.root, 'paths');
    for (const item of paths ? childrenOf(paths) : []) {
      for (const operation of childrenOf(item)) {
        const { operationId } = operation.node;
        if (typeof operationId === 'string') operations.set(operationId, operation);
      }
    }
    return operations;
  }
}

export function childOf({ node, pointer }: Place, key: string): Place | undefined {
  const child = Object.hasOwn(node, key) ? node[key] : undefined;
  if (typeof child !== 'object' || child === null) return undefined;
  return { node: child as Node, pointer: `${pointer}/${escapeKey(key)}` };
}

export function childrenOf(place: Place): Place[] {
  return Object.keys(place.node).flatMap((key) => childOf(place, key) ?? []);
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapeKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
