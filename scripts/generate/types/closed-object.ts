import type { SchemaObject } from 'openapi-typescript';
import ts from 'typescript';

/** Keywords that say something of the properties. */
const telling = ['properties', 'patternProperties', 'allOf', 'anyOf', 'oneOf', 'enum'];

/**
 * `Record<string, never>` for an object that can have no property at all. Without this hook, openapi-typescript takes
 * every object without properties for such a one, or none: its issue 1686. Undefined for any other schema.
 */
export function closedObjectType(schema: SchemaObject | boolean): ts.TypeNode | undefined {
  if (typeof schema === 'boolean' || schema.type !== 'object' || telling.some((key) => key in schema))
    return undefined;
  const { additionalProperties, unevaluatedProperties }: Record<string, unknown> = Object(schema);
  if (additionalProperties !== false && unevaluatedProperties !== false) return undefined;
  const { factory, SyntaxKind } = ts;
  return factory.createTypeReferenceNode('Record', [
    factory.createKeywordTypeNode(SyntaxKind.StringKeyword),
    factory.createKeywordTypeNode(SyntaxKind.NeverKeyword),
  ]);
}
