import { type Document, resolve } from '../../openapi/document.ts';
import { fieldsOf, type Schema } from '../fields.ts';
import type { PlacedOperation } from '../operations.ts';
import { openValues } from '../reference/values.ts';
import { slug } from '../slug.ts';
import { paragraphs, table } from './text.ts';

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

/** A schema with its known values and its fields. */
export function describeSchema(schema: Schema, document: object): string {
  const fields = fieldsOf(schema);
  const values = Object.entries(schema['x-enumDescriptions'] ?? {});
  return paragraphs([
    schema.deprecated ? deprecation : '',
    schema.description,
    fields.length > 0 ? inherited(schema) : `Type: ${typeText(schema)}`,
    values.length > 0 && !schema.enum ? openValues : '',
    table(
      ['Value', 'Description'],
      values.map(([value, meaning]) => [`\`${value}\``, meaning]),
    ),
    table(
      ['Field', 'Type', 'Required', 'Description'],
      fields.map(({ name, schema: field, required }) => {
        const target = resolve<Schema>(document as Document, field);
        return [
          `\`${name}\``,
          typeText(field),
          (required ? 'required' : 'optional') + directionOf(target),
          [target.deprecated ? deprecation : '', field.description ?? target.description ?? ''].join(' '),
        ];
      }),
    ),
  ]);
}

/** What the docs say of a deprecated part. */
export const deprecation = '**Deprecated.**';

function directionOf({ readOnly, writeOnly }: Schema): string {
  if (readOnly) return ', only in responses';
  return writeOnly ? ', only in requests' : '';
}

function inherited({ allOf = [] }: Schema): string {
  const bases = allOf.filter(({ $ref }) => $ref).map(typeText);
  return bases.length > 0 ? `All fields of ${bases.join(' and ')}, and:` : '';
}

/** `string (email)`, `array of [Account](#account)`, `integer, 1 to 500, 100 by default`, … */
export function typeText(schema: Schema): string {
  return [kindOf(schema), ...boundsOf(schema)].join(', ');
}

function kindOf({
  $ref,
  type,
  nullable,
  format,
  enum: values,
  allOf,
  oneOf,
  anyOf,
  ...schema
}: Schema): string {
  if ($ref !== undefined) return linkTo($ref);
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  const choices = allOf ?? oneOf ?? anyOf;
  if (choices) return choices.map(kindOf).join(allOf ? ' and ' : ' or ');
  const kinds = [type ?? (schema.properties ? 'object' : 'anything'), nullable ? 'null' : []].flat();
  const { items, additionalProperties: others } = schema;
  return kinds
    .map((kind) => {
      if (kind === 'array' && items) return `array of ${typeText(items)}`;
      return kind === 'object' && typeof others === 'object'
        ? `object with values ${typeText(others)}`
        : kind;
    })
    .join(' or ')
    .concat(format === undefined ? '' : ` (${format})`);
}

function boundsOf(schema: Schema): string[] {
  const { exclusiveMinimum: above, exclusiveMaximum: under, multipleOf } = schema;
  const [isAbove, isUnder] = [above === true, under === true];
  return [
    range(isAbove ? undefined : schema.minimum, isUnder ? undefined : schema.maximum, ''),
    bound('more than', isAbove ? schema.minimum : above),
    bound('less than', isUnder ? schema.maximum : under),
    bound('a multiple of', multipleOf),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' items'),
    range(schema.minProperties, schema.maxProperties, ' fields'),
    schema.uniqueItems ? 'no item twice' : undefined,
    schema.pattern && `matching \`${schema.pattern}\``,
    schema.default === undefined ? undefined : `${JSON.stringify(schema.default)} by default`,
  ].filter((each) => each !== undefined);
}

function bound(words: string, value: number | boolean | undefined): string | undefined {
  return typeof value === 'number' ? `${words} ${value}` : undefined;
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
