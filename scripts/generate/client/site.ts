import { schemaTypeNames } from '../types/schema-names.ts';
import { type Document, type Method, type OperationObject, type Parameter, schemaName } from './document.ts';
import { typeReserved } from './names.ts';
import { quote } from './text.ts';

/** Where an operation stands in the contract, and what it has there. */
export interface Site {
  path: string;
  method: Method;
  object: OperationObject;
  /** Those of the path and its own. */
  parameters: Parameter[];
}

/** Finds the types of a contract in schema.ts, and keeps which of its exports are used. */
export class SchemaTypes {
  readonly used = new Set<string>();
  readonly names: Map<string, string>;

  constructor(document: Document) {
    this.names = schemaTypeNames(document);
  }

  /** The type that describes an operation. */
  ofOperation({ path, method, object }: Site): string {
    this.used.add(object.operationId ? 'operations' : 'paths');
    return object.operationId
      ? `operations[${quote(object.operationId)}]`
      : `paths[${quote(path)}][${quote(method)}]`;
  }

  /** The name that schema.ts exports for a referenced schema, unless the client has another use for that name. */
  ofSchema(schema: unknown): string | undefined {
    const name = schemaName(schema);
    const type = name === undefined ? undefined : this.names.get(name);
    if (!type || typeReserved.includes(type)) return undefined;
    this.used.add(type);
    return type;
  }
}

/** What an operation needs that no method does; the fetch client can still call it. The message completes "no method, because". */
export class Unsupported extends Error {}
