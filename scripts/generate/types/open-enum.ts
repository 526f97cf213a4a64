import type { SchemaObject } from 'openapi-typescript';
import ts from 'typescript';

/**
 * The type of a string whose known values are documented but which may take others: `"ACTIVE" | (string & {})`. An
 * editor then offers the known values, while a value that the server adds later still passes. A plain `string` would
 * swallow the literals, `string & {}` does not.
 *
 * Such a schema is a string without `enum` that gives the meaning of each value in `x-enumDescriptions`. Undefined for
 * any other schema.
 */
export function openEnumType(schema: SchemaObject): ts.TypeNode | undefined {
  const meanings: unknown = schema['x-enumDescriptions'];
  if (schema.type !== 'string' || schema.enum || typeof meanings !== 'object' || meanings === null)
    return undefined;
  const { factory, SyntaxKind } = ts;
  return factory.createUnionTypeNode([
    ...Object.keys(meanings).map((value) =>
      factory.createLiteralTypeNode(factory.createStringLiteral(value)),
    ),
    factory.createParenthesizedType(
      factory.createIntersectionTypeNode([
        factory.createKeywordTypeNode(SyntaxKind.StringKeyword),
        factory.createTypeLiteralNode([]),
      ]),
    ),
  ]);
}
