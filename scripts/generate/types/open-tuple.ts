import type { SchemaObject, TransformNodeOptions } from 'openapi-typescript';
import transformSchema from 'openapi-typescript/dist/transform/schema-object.mjs';
import ts from 'typescript';

/**
 * `[string, number?, ...unknown[]]` for a list whose first items have schemas of their own. Those beyond `minItems` may
 * be left out, and what follows may be anything, unless `items` or `maxItems` says otherwise. openapi-typescript requires
 * all of them and closes every tuple: its issue 1892. Undefined for any other schema.
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
