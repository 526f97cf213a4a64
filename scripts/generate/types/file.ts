import type { SchemaObject } from 'openapi-typescript';
import ts from 'typescript';

/**
 * `Blob` for the bytes of a file: `format: binary` in OpenAPI 3.0, `contentMediaType` without a type in 3.1. A string
 * with a `contentEncoding` stays one. Undefined for any other schema.
 */
export function fileType(schema: SchemaObject | boolean): ts.TypeNode | undefined {
  if (typeof schema === 'boolean') return undefined;
  const bytes = 'contentMediaType' in schema && !('type' in schema) && !('contentEncoding' in schema);
  if (schema.format !== 'binary' && !bytes) return undefined;
  return ts.factory.createTypeReferenceNode('Blob');
}
