import type { SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { type Document, resolve, type Schema } from '../client/document.ts';

/**
 * The type of a string whose known values are documented but which may take others: `"ACTIVE" | (string & {})`. An
 * editor then offers the known values, while a value that the server adds later still passes. A plain `string` would
 * swallow the literals, `string & {}` does not.
 *
 * Such a schema is a string without `enum` that describes each value in `x-enumDescriptions`. Undefined for
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

/**
 * Adds the meaning of each value to the description of its schema, and of the properties that refer to it: an editor
 * shows what stands above the property that it points at, and nothing of what that refers to.
 */
export function describeValues(document: Document): void {
  const schemas: Record<string, Schema> = Object(document.components).schemas ?? {};
  const described = Object.values(schemas).filter((schema) => meaningsOf(schema));
  if (described.length === 0) return;
  for (const schema of described) schema.description = describe(schema);
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const property of Object.values(Object((node as Schema).properties))) {
      const target = resolve<Schema>(document, property as Schema);
      if (target !== property && described.includes(target))
        Object.assign(property as Schema, { description: target.description });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(document);
}

function describe({ description, ...schema }: Schema): string {
  const lines = Object.entries(meaningsOf(schema) ?? {}).map(
    ([value, meaning]) => `- \`${value}\`: ${meaning}`,
  );
  return [description, lines.join('\n')].filter(Boolean).join('\n\n');
}

function meaningsOf(schema: Schema): Record<string, string> | undefined {
  const meanings = schema['x-enumDescriptions'];
  return typeof meanings === 'object' && meanings !== null ? meanings : undefined;
}
