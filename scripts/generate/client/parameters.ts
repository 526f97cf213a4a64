import { type Document, kindsOf, type Parameter, resolve, type Schema } from './document.ts';
import { camelCase, Names, parameterReserved } from './names.ts';
import type { SchemaTypes, Site } from './site.ts';
import { Unsupported } from './site.ts';
import { quote } from './text.ts';

export interface PathParameter {
  wireName: string;
  argument: string;
  type: string;
  uuid: boolean;
  /** The call that creates its writer, if it differs from the default. */
  writer: string | undefined;
  description: string | undefined;
}

export interface QueryParameters {
  type: string;
  required: boolean;
  /** The styles that differ from the default. */
  styles: Map<string, Style>;
  /** The descriptions of the parameters. */
  description: string | undefined;
}

export interface HeaderParameters {
  type: string;
  required: boolean;
  /** The writers that differ from the default, by name. */
  writers: Map<string, string>;
}

/** Header parameters that clients must ignore by the standard: bodies, responses and security define them. */
const saidElsewhere = ['accept', 'content-type', 'authorization'];

const IDEMPOTENCY_KEY = 'idempotency-key';

/** How the runtime writes a parameter or a field of a form. */
export type Style = ',' | '%20' | '|' | 'deepObject' | 'json' | 'reserved';

const delimiters = new Map<string, Style>([
  ['form', ','],
  ['spaceDelimited', '%20'],
  ['pipeDelimited', '|'],
]);

export function readPathParameters(document: Document, types: SchemaTypes, site: Site): PathParameter[] {
  const { path, parameters } = site;
  const names = new Names(parameterReserved);
  const wireNames = new Set(Array.from(path.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => name));
  return Array.from(wireNames, (wireName) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === wireName);
    const { format, enum: values }: Schema = resolve<Schema>(document, parameter?.schema ?? {});
    const kinds = kindsOf(document, parameter?.schema ?? { type: 'string' });
    kinds.delete('null');
    const writer = parameter && pathWriter(parameter, kinds);
    const compound = kinds.has('array') || kinds.has('object') || writer === 'jsonInPath';
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

function pathWriter(
  { name, style = 'simple', explode, content }: Parameter,
  kinds: Set<string>,
): string | undefined {
  if (content)
    throw new Unsupported(`the path parameter ${name} is written as ${Object.keys(content).join(', ')}`);
  if (style === 'json') return 'jsonInPath';
  if (style === 'simple' && !kinds.has('object')) return undefined;
  if (style === 'simple' || style === 'label' || style === 'matrix')
    return `inPath(${quote(style)}, ${explode === true})`;
  throw new Unsupported(`the path parameter ${name} has the style ${style}`);
}

export function readQueryParameters(
  document: Document,
  types: SchemaTypes,
  site: Site,
): QueryParameters | undefined {
  const query = site.parameters.filter((each) => each.in === 'query');
  if (query.length === 0) return undefined;
  const styles = new Map<string, Style>();
  for (const parameter of query) {
    const { name, content } = parameter;
    if (content)
      throw new Unsupported(`the query parameter ${name} is written as ${Object.keys(content).join(', ')}`);
    const style = writtenStyle(document, parameter, `the query parameter ${name}`);
    if (style) styles.set(parameter.name, style);
  }
  const required = query.some((each) => each.required);
  const type = `${types.ofOperation(site)}['parameters']['query']`;
  const described = query.filter(({ description }) => description?.trim());
  return {
    type: required ? type : `NonNullable<${type}>`,
    required,
    styles,
    description:
      described.map(({ name, description }) => `\`${name}\`: ${description?.trim()}`).join('\n') || undefined,
  };
}

type Written = Pick<Parameter, 'schema' | 'style' | 'explode' | 'allowReserved'>;

/**
 * The style of a query parameter or a form field; undefined for the default.
 *
 * @param place completes "no method, because"
 */
export function writtenStyle(
  document: Document,
  { schema, style = 'form', explode = style === 'form', allowReserved }: Written,
  place: string,
): Style | undefined {
  if (style === 'deepObject' || style === 'json') return style;
  const delimiter = delimiters.get(style);
  if (!delimiter) throw new Unsupported(`${place} has the style ${style}`);
  const kinds = kindsOf(document, schema);
  if (!explode && (kinds.has('array') || kinds.has('object'))) return delimiter;
  return allowReserved ? 'reserved' : undefined;
}

export function readHeaderParameters(
  document: Document,
  types: SchemaTypes,
  site: Site,
): HeaderParameters | undefined {
  const all = site.parameters.filter((each) => each.in === 'header');
  const [headers, ignored] = [
    all.filter(({ name }) => !saidElsewhere.includes(name.toLowerCase())),
    all.filter(({ name }) => saidElsewhere.includes(name.toLowerCase())),
  ];
  if (headers.length === 0) return undefined;
  const writers = new Map<string, string>();
  for (const parameter of headers) {
    const writer = headerWriter(document, parameter);
    if (writer) writers.set(parameter.name, writer);
  }
  const type = `${types.ofOperation(site)}['parameters']['header']`;
  const given = headers.some((each) => each.required) ? type : `NonNullable<${type}>`;
  // The client creates a key if the caller passes none.
  const key = headers.find(isIdempotencyKey);
  const left = [...ignored, ...(key?.required ? [key] : [])].map(({ name }) => quote(name));
  const rest = left.length > 0 ? `Omit<${given}, ${left.join(' | ')}>` : given;
  return {
    type: key?.required ? `${rest} & Partial<Pick<${given}, ${quote(key.name)}>>` : rest,
    required: headers.some((each) => each.required && each !== key),
    writers,
  };
}

function headerWriter(
  document: Document,
  { name, style, explode, content, schema }: Parameter,
): string | undefined {
  if (content)
    throw new Unsupported(`the header parameter ${name} is written as ${Object.keys(content).join(', ')}`);
  if (style === 'json') return 'jsonInHeader';
  return kindsOf(document, schema).has('object') ? `objectInHeader(${explode === true})` : undefined;
}

/** The header, in lower case, that makes a retry of an operation safe, if it has one. */
export function idempotencyHeader(parameters: Parameter[]): string | undefined {
  return parameters.some((each) => each.in === 'header' && isIdempotencyKey(each))
    ? IDEMPOTENCY_KEY
    : undefined;
}

function isIdempotencyKey({ name }: Parameter): boolean {
  return name.toLowerCase() === IDEMPOTENCY_KEY;
}

/** Browsers send cookies: an optional cookie is left to them. */
export function refuseUnsendable(parameters: Parameter[]): void {
  for (const { name, in: place, required } of parameters) {
    if (place === 'querystring') throw new Unsupported(`its parameter ${name} is the whole query string`);
    if (place === 'cookie' && required) throw new Unsupported(`it requires the cookie parameter ${name}`);
  }
}
