import type { SchemaObject, TransformNodeOptions } from 'openapi-typescript';
import { astToString } from 'openapi-typescript/dist/lib/ts.mjs';
import transformSchema from 'openapi-typescript/dist/transform/schema-object.mjs';
import ts from 'typescript';
import { type Document, resolve, type Schema } from '../../openapi/document.ts';
import { isBinary } from '../normalize/uses.ts';

/**
 * The type of a string with known values that can have others as well: `"ACTIVE" | (string & {})`. An editor
 * suggests the known values, and a value that the server adds later is still valid. A plain `string` would absorb the
 * literals; `string & {}` does not.
 *
 * Returns undefined for other schemas.
 */
export function openEnumType(schema: SchemaObject): ts.TypeNode | undefined {
  const values = schema['x-known-values'] as string[] | undefined;
  if (schema.type !== 'string' || values === undefined) return undefined;
  const { factory, SyntaxKind } = ts;
  return factory.createUnionTypeNode([
    ...values.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
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
 * shows the comment of a property, but not that of the type it refers to.
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

/**
 * `[string, number?, ...unknown[]]` for an array with `prefixItems`. Items beyond `minItems` are optional, and further
 * items can be anything, unless `items` or `maxItems` says otherwise. openapi-typescript requires all of them and
 * closes every tuple: its issue 1892. Returns undefined for other schemas.
 */
export function openTupleType(
  schema: SchemaObject | boolean,
  options: TransformNodeOptions,
): ts.TypeNode | undefined {
  const { type, prefixItems, items, minItems = 0, maxItems } = Object(schema) as Tuple;
  if (type !== 'array' || !Array.isArray(prefixItems)) return undefined;
  const { factory } = ts;
  const first = prefixItems.map((item, index) => {
    const itemType = transformSchema(item, options);
    return index < minItems ? itemType : factory.createOptionalTypeNode(itemType);
  });
  if (items === false || (maxItems !== undefined && maxItems <= prefixItems.length))
    return factory.createTupleTypeNode(first);
  const rest = items
    ? transformSchema(items, options)
    : factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);
  return factory.createTupleTypeNode([
    ...first,
    factory.createRestTypeNode(factory.createArrayTypeNode(rest)),
  ]);
}

interface Tuple {
  type?: string;
  prefixItems?: SchemaObject[];
  items?: SchemaObject | false;
  minItems?: number;
  maxItems?: number;
}

/** Keywords that describe properties. */
const propertyKeywords = ['properties', 'patternProperties', 'allOf', 'anyOf', 'oneOf', 'enum'];

/**
 * `Record<string, never>` for an object that cannot have properties. openapi-typescript writes this for either all or
 * none of the objects without properties: its issue 1686. Returns undefined for other schemas.
 */
export function closedObjectType(schema: SchemaObject | boolean): ts.TypeNode | undefined {
  if (
    typeof schema === 'boolean' ||
    schema.type !== 'object' ||
    propertyKeywords.some((key) => key in schema)
  )
    return undefined;
  const { additionalProperties, unevaluatedProperties }: Record<string, unknown> = Object(schema);
  if (additionalProperties !== false && unevaluatedProperties !== false) return undefined;
  const { factory, SyntaxKind } = ts;
  return factory.createTypeReferenceNode('Record', [
    factory.createKeywordTypeNode(SyntaxKind.StringKeyword),
    factory.createKeywordTypeNode(SyntaxKind.NeverKeyword),
  ]);
}

/** `Blob` for the bytes of a file. Returns undefined for other schemas. */
export function fileType(schema: SchemaObject | boolean): ts.TypeNode | undefined {
  if (typeof schema === 'boolean' || Array.isArray(schema.type)) return undefined;
  return isBinary(Object(schema)) ? ts.factory.createTypeReferenceNode('Blob') : undefined;
}

/**
 * `{ unit?: 'km'; [key: string]: Point | 'km' | undefined }` for properties next to additional ones of another type.
 * openapi-typescript writes an intersection, which no object literal satisfies. Returns undefined for other types.
 */
export function joinedIndex(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isIntersectionTypeNode(type) || type.types.length !== 2) return undefined;
  const [own, others] = type.types;
  if (!own || !others || !ts.isTypeLiteralNode(own) || !ts.isTypeLiteralNode(others)) return undefined;
  const [index] = others.members;
  if (!index || !ts.isIndexSignatureDeclaration(index) || own.members.some(ts.isIndexSignatureDeclaration))
    return undefined;
  const { UnknownKeyword, UndefinedKeyword } = ts.SyntaxKind;
  const properties = own.members.filter(ts.isPropertySignature);
  const all = [index, ...properties].map((each) => each.type as ts.TypeNode);
  if (index.type.kind === UnknownKeyword) return undefined;
  const { factory } = ts;
  const optional = properties.some(({ questionToken }) => questionToken);
  const types = [...all, ...(optional ? [factory.createKeywordTypeNode(UndefinedKeyword)] : [])];
  const distinct = new Map(types.map((each) => [astToString(each), each]));
  return factory.createTypeLiteralNode([
    ...own.members,
    factory.updateIndexSignature(
      index,
      index.modifiers,
      index.parameters,
      factory.createUnionTypeNode([...distinct.values()]),
    ),
  ]);
}
