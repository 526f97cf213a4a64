import { readFileSync } from 'node:fs';
import { parseYaml } from '@redocly/openapi-core';
import { type Document, type Parameter, resolve, type Schema } from '../openapi/document.ts';
import { type ContractOperation, operationsOf } from '../openapi/operations.ts';
import { escapePointer, pointerTo, unescapePointer } from '../openapi/pointer.ts';
import { SecuritySchemes } from '../openapi/security.ts';

export type Node = Record<string, unknown>;

/** A node of the contract and its JSON pointer. */
export interface Place {
  pointer: string;
  node: Node;
}

/** The bundled contract, whose nodes know their pointers. */
export class Contract {
  readonly root: Place;
  readonly document: Document;
  /** By operationId, or else by method and path. */
  readonly operations: ReadonlyMap<string, ContractOperation>;

  readonly schemes: SecuritySchemes;

  /** @param file path of the bundle */
  constructor(file: string) {
    this.document = parseYaml(readFileSync(file, 'utf8')) as Document;
    this.root = { pointer: '#', node: this.document as object as Node };
    this.operations = new Map(
      operationsOf(this.document).map((each) => [
        each.object.operationId ?? `${each.method.toUpperCase()} ${each.path}`,
        each,
      ]),
    );
    this.schemes = new SecuritySchemes(
      this.document,
      Array.from(this.operations.values(), ({ object }) => object),
    );
  }

  placeOf({ path, method, object }: ContractOperation): Place {
    return { pointer: pointerTo('paths', path, method), node: object as object as Node };
  }

  isUuid({ schema }: Parameter): boolean {
    return schema !== undefined && resolve<Schema>(this.document, schema).format === 'uuid';
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
    const keys = $ref.slice('#/'.length).split('/').map(unescapePointer);
    return this.at(this.root, ...keys);
  }
}

export function childOf({ node, pointer }: Place, key: string): Place | undefined {
  const child = Object.hasOwn(node, key) ? node[key] : undefined;
  if (typeof child !== 'object' || child === null) return undefined;
  return { node: child as Node, pointer: `${pointer}/${escapePointer(key)}` };
}

export function childrenOf(place: Place): Place[] {
  return Object.keys(place.node).flatMap((key) => childOf(place, key) ?? []);
}
