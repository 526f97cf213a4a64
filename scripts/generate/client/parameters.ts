import {
  type Document,
  kindsOf,
  type Parameter,
  type Reference,
  resolve,
  type Schema,
} from '../../openapi/document.ts';
import { camelCase, Names, parameterReserved } from './names.ts';
import type { SchemaTypes, Site } from './site.ts';
import { quote } from './text.ts';

export interface PathParameter {
  wireName: string;
  argument: string;
  type: string;
  uuid: boolean;
  /** Undefined for the default. */
  writer: PathWriter | undefined;
  description: string | undefined;
}

/** How a query parameter, a cookie or a form field is written; a delimiter stands between the items of a list. */
export type Style = ',' | ' ' | '|' | 'deepObject' | 'json' | 'reserved';

export type PathWriter = 'json' | { style: 'simple' | 'label' | 'matrix'; explode: boolean };

/** The parameters of an operation in one place. */
export interface Parameters<Writer> {
  type: string;
  required: boolean;
  /** Those that differ from the default, by name. */
  writers: Map<string, Writer>;
  /** The descriptions of the parameters. */
  description: string | undefined;
}

export type HeaderWriter = 'json' | { explode: boolean };

/** Header parameters that clients must ignore by the standard: bodies, responses and security define them. */
const saidElsewhere = ['accept', 'content-type', 'authorization'];

const IDEMPOTENCY_KEY = 'idempotency-key';

const delimiters = new Map<string, Style>([
  ['form', ','],
  ['cookie', ','],
  ['spaceDelimited', ' '],
  ['pipeDelimited', '|'],
]);

export function readPathParameters(document: Document, types: SchemaTypes, site: Site): PathParameter[] {
  const names = new Names(parameterReserved);
  const wireNames = new Set(Array.from(site.path.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => name));
  return Array.from(wireNames, (wireName) => {
    const parameter = site.parameters.find((each) => each.in === 'path' && each.name === wireName);
    const { format, enum: values }: Schema = resolve<Schema>(document, parameter?.schema ?? {});
    const kinds = kindsOf(document, parameter?.schema ?? { type: 'string' });
    kinds.delete('null');
    const writer = parameter && readPathWriter(document, site, parameter, kinds);
    const compound = kinds.has('array') || kinds.has('object') || writer === 'json';
    const literals = values?.map((value) => (typeof value === 'string' ? quote(value) : String(value)));
    const type = compound
      ? `${types.ofOperation(site)}['parameters']['path'][${quote(wireName)}]`
      : (literals ?? [...kinds]).join(' | ') || 'string';
    return {
      wireName,
      argument: names.take(camelCase(wireName)),
      type,
      uuid: format === 'uuid' && !values && !writer,
      writer,
      description: parameter?.description,
    };
  });
}

function readPathWriter(
  document: Document,
  site: Site,
  parameter: Parameter,
  kinds: Set<string>,
): PathWriter | undefined {
  const { name, style = 'simple', explode = false, schema } = parameter;
  if (style === 'json') return 'json';
  refuseUndefined(document, site, parameter, 'path');
  const compound = kinds.has('object') || holdsObjects(document, schema);
  if (style === 'simple') return compound ? { style, explode } : undefined;
  if (style === 'label' || style === 'matrix') return { style, explode };
  site.unsupported.push(`the path parameter ${name} has the style ${style}`);
  return undefined;
}

/** Refuses what OpenAPI defines no text for. */
function refuseUndefined(
  document: Document,
  { unsupported }: Site,
  { name, content, schema, style }: Parameter,
  place: string,
): void {
  if (content)
    unsupported.push(`the ${place} parameter ${name} is written as ${Object.keys(content).join(', ')}`);
  else if (style !== 'deepObject' && style !== 'json' && holdsObjects(document, schema))
    unsupported.push(
      `the ${place} parameter ${name} is a list of objects, for which OpenAPI defines no text`,
    );
}

/** Whether the items of a list can only be objects or lists. */
function holdsObjects(document: Document, schema: Schema | Reference | undefined): boolean {
  const { items } = resolve<Schema>(document, schema ?? {});
  const kinds = items && kindsOf(document, items);
  kinds?.delete('null');
  return (
    kinds !== undefined && kinds.size > 0 && [...kinds].every((kind) => kind === 'object' || kind === 'array')
  );
}

/** The parameters of an operation in the query or in cookies. */
export function readFormParameters(
  document: Document,
  types: SchemaTypes,
  site: Site,
  place: 'query' | 'cookie',
): Parameters<Style> | undefined {
  const parameters = site.parameters.filter((each) => each.in === place);
  if (parameters.length === 0) return undefined;
  const writers = new Map<string, Style>();
  for (const parameter of parameters) {
    refuseUndefined(document, site, parameter, place);
    const style = readStyle(document, site, parameter, `the ${place} parameter ${parameter.name}`);
    if (style) writers.set(parameter.name, style);
  }
  const required = parameters.some((each) => each.required);
  const type = `${types.ofOperation(site)}['parameters'][${quote(place)}]`;
  const described = parameters.filter(({ description }) => description?.trim());
  return {
    type: required ? type : `NonNullable<${type}>`,
    required,
    writers,
    description:
      described.map(({ name, description }) => `\`${name}\`: ${description?.trim()}`).join('\n') || undefined,
  };
}

/**
 * The style of a parameter or a form field; undefined for the default.
 *
 * @param place completes "no method, because"
 */
export function readStyle(
  document: Document,
  { unsupported }: Site,
  {
    schema,
    style = 'form',
    explode = style === 'form' || style === 'cookie',
    allowReserved,
  }: Omit<Parameter, 'name' | 'in'>,
  place: string,
): Style | undefined {
  if (style === 'deepObject' || style === 'json') return style;
  const delimiter = delimiters.get(style);
  if (!delimiter) unsupported.push(`${place} has the style ${style}`);
  const kinds = kindsOf(document, schema);
  if (!explode && (kinds.has('array') || kinds.has('object'))) return delimiter;
  return allowReserved ? 'reserved' : undefined;
}

export function readHeaderParameters(
  document: Document,
  types: SchemaTypes,
  site: Site,
): Parameters<HeaderWriter> | undefined {
  const all = site.parameters.filter((each) => each.in === 'header');
  const isIgnored = ({ name }: Parameter) => saidElsewhere.includes(name.toLowerCase());
  const headers = all.filter((each) => !isIgnored(each));
  if (headers.length === 0) return undefined;
  const writers = new Map<string, HeaderWriter>();
  for (const parameter of headers) {
    const { name, style, explode = false, schema } = parameter;
    refuseUndefined(document, site, parameter, 'header');
    if (style === 'json') writers.set(name.toLowerCase(), 'json');
    else if (kindsOf(document, schema).has('object')) writers.set(name.toLowerCase(), { explode });
  }
  const type = `${types.ofOperation(site)}['parameters']['header']`;
  const given = headers.some((each) => each.required) ? type : `NonNullable<${type}>`;
  // The client creates a key if the caller passes none.
  const key = headers.find(isIdempotencyKey);
  const left = [...all.filter(isIgnored), ...(key?.required ? [key] : [])].map(({ name }) => quote(name));
  const rest = left.length > 0 ? `Omit<${given}, ${left.join(' | ')}>` : given;
  return {
    type: key?.required ? `${rest} & Partial<Pick<${given}, ${quote(key.name)}>>` : rest,
    required: headers.some((each) => each.required && each !== key),
    writers,
    description: undefined,
  };
}

/** The header, in lower case, that makes a retry of an operation safe, if it has one. */
export function idempotencyHeader({ parameters }: Site): string | undefined {
  return parameters.some((each) => each.in === 'header' && isIdempotencyKey(each))
    ? IDEMPOTENCY_KEY
    : undefined;
}

function isIdempotencyKey({ name }: Parameter): boolean {
  return name.toLowerCase() === IDEMPOTENCY_KEY;
}
