import { schemaTypeNames } from '../types/schema-names.ts';
import {
  type Document,
  type Method,
  type OperationObject,
  type Parameter,
  type PathItem,
  schemaName,
} from './document.ts';
import { typeReserved } from './names.ts';
import { quote } from './text.ts';

/** The place of an operation in the contract, and its contents. */
export interface Site {
  path: string;
  method: Method;
  object: OperationObject;
  /** The parameters of the path item and of the operation. */
  parameters: Parameter[];
  item: PathItem;
  /** Collects what methods do not support. Each completes "no method, because". */
  unsupported: string[];
}

/** Finds types in schema.ts, and collects the exports that are used. */
export class SchemaTypes {
  used = new Set<string>();
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

  /** The exported type of a referenced schema; undefined if the client uses that name itself. */
  ofSchema(schema: unknown): string | undefined {
    const name = schemaName(schema);
    const type = name === undefined ? undefined : this.names.get(name);
    if (!type || typeReserved.includes(type)) return undefined;
    this.used.add(type);
    return type;
  }
}
