import { type Document, schemaName } from '../../openapi/document.ts';
import type { ContractOperation } from '../../openapi/operations.ts';
import { schemaTypeNames } from '../types/schema-names.ts';
import { typeReserved } from './names.ts';
import { quote } from './text.ts';

/** Finds types in schema.ts, and collects the exports that are used. */
export class SchemaTypes {
  used = new Set<string>();
  readonly names: Map<string, string>;

  constructor(document: Document) {
    this.names = schemaTypeNames(document);
  }

  /** The type that describes an operation. */
  ofOperation({ path, method, object }: ContractOperation): string {
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
