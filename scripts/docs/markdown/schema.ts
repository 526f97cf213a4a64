import { type Document, resolve } from '../../openapi/document.ts';
import type { PlacedOperation } from '../operations.ts';
import { openValues } from '../reference/values.ts';
import { slug } from '../slug.ts';
import { paragraphs, table } from './text.ts';

/** The parts of a schema that are shown. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  const?: unknown;
  enum?: unknown[];
  'x-enumDescriptions'?: Record<string, string>;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  default?: unknown;
}

/** A section for each component, with a heading of level 3. */
export function describeSchemas(schemas: Record<string, Schema>, document: object): string {
  return paragraphs(
    Object.entries(schemas).map(([name, schema]) =>
      paragraphs([`### ${name}`, describeSchema(schema, document)]),
    ),
  );
}

/** The components that an operation refers to, directly or not, in the order of the contract. */
export function schemasOf(
  { operation, parameters }: PlacedOperation,
  document: { components: { schemas: Record<string, Schema> } },
): Record<string, Schema> {
  const reached = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || reached.has(node)) return;
    reached.add(node);
    const { $ref } = node as Schema;
    if (typeof $ref === 'string') visit(resolve(document as Document, { $ref }));
    for (const child of Object.values(node)) visit(child);
  };
  visit([operation, parameters]);
  return Object.fromEntries(
    Object.entries(document.components.schemas).filter(([, schema]) => reached.has(schema)),
  );
}

/** The description of a component, with its known values and its fields. */
function describeSchema(schema: Schema, document: object): string {
  const parts = [schema, ...(schema.allOf ?? [])];
  const fields = parts.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).map(([name, field]) => [
      `\`${name}\``,
      typeText(field),
      required.includes(name) ? 'required' : 'optional',
      field.description ?? resolve(document as Document, field).description ?? '',
    ]),
  );
  const values = Object.entries(schema['x-enumDescriptions'] ?? {});
  return paragraphs([
    schema.description,
    fields.length > 0 ? inherited(schema) : `Type: ${typeText(schema)}`,
    values.length > 0 && !schema.enum ? openValues : '',
    table(
      ['Value', 'Description'],
      values.map(([value, meaning]) => [`\`${value}\``, meaning]),
    ),
    table(['Field', 'Type', 'Required', 'Description'], fields),
  ]);
}

function inherited({ allOf = [] }: Schema): string {
  const bases = allOf.filter(({ $ref }) => $ref).map(typeText);
  return bases.length > 0 ? `All fields of ${bases.join(' and ')}, and:` : '';
}

/** `string (email)`, `array of [Account](#account)`, `integer, 1 to 500, 100 by default`, … */
export function typeText(schema: Schema): string {
  return [kindOf(schema), ...boundsOf(schema)].join(', ');
}

function kindOf({ $ref, type, format, items, enum: values, allOf, oneOf, anyOf, ...schema }: Schema): string {
  if ($ref !== undefined) return linkTo($ref);
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  const choices = allOf ?? oneOf ?? anyOf;
  if (choices) return choices.map(kindOf).join(allOf ? ' and ' : ' or ');
  const kinds = [type ?? 'anything'].flat();
  return kinds
    .map((kind) => (kind === 'array' && items ? `array of ${typeText(items)}` : kind))
    .join(' or ')
    .concat(format === undefined ? '' : ` (${format})`);
}

function boundsOf(schema: Schema): string[] {
  return [
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' items'),
    schema.pattern && `matching \`${schema.pattern}\``,
    schema.default === undefined ? undefined : `${JSON.stringify(schema.default)} by default`,
  ].filter((bound) => bound !== undefined);
}

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `at least ${least}${unit}`;
  return most === undefined ? undefined : `at most ${most}${unit}`;
}

function linkTo($ref: string): string {
  const name = $ref.split('/').at(-1) ?? '';
  return `[${name}](#${slug(name)})`;
}
