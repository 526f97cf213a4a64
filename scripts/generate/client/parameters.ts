import { type Document, type Parameter, resolve, type Schema } from './document.ts';
import { kindsOf } from './kinds.ts';
import { camelCase, Names, parameterReserved } from './names.ts';
import type { SchemaTypes, Site } from './site.ts';
import { quote } from './text.ts';
import { Unsupported } from './unsupported.ts';

export interface PathParameter {
  wireName: string;
  argument: string;
  type: string;
  uuid: boolean;
  description: string | undefined;
}

export interface QueryParameters {
  type: string;
  required: boolean;
  /** The arrays that are written as one value, and what stands between their items. */
  delimited: Map<string, string>;
  /** What the contract says of each. */
  description: string | undefined;
}

export interface HeaderParameters {
  type: string;
  required: boolean;
}

/** What the standard tells clients to ignore among the header parameters: bodies, answers and security say it. */
const saidElsewhere = ['accept', 'content-type', 'authorization'];

const IDEMPOTENCY_KEY = 'idempotency-key';

const delimiters = new Map([
  ['form', ','],
  ['spaceDelimited', ' '],
  ['pipeDelimited', '|'],
]);

export function readPathParameters(document: Document, { path, parameters }: Site): PathParameter[] {
  const names = new Names(parameterReserved);
  const wireNames = new Set(Array.from(path.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => name));
  return Array.from(wireNames, (wireName) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === wireName);
    if (parameter) refuseContent(parameter);
    if ((parameter?.style ?? 'simple') !== 'simple')
      throw new Unsupported(`the path parameter ${wireName} has the style ${parameter?.style}`);
    const { format, enum: values }: Schema = resolve<Schema>(document, parameter?.schema ?? {});
    const kinds = kindsOf(document, parameter?.schema ?? { type: 'string' });
    kinds.delete('null');
    if (!isSubset(kinds, ['string', 'number', 'boolean']))
      throw new Unsupported(`the path parameter ${wireName} is no single value`);
    const literals = values?.map((value) => (typeof value === 'string' ? quote(value) : String(value)));
    return {
      wireName,
      argument: names.take(camelCase(wireName)),
      type: (literals ?? [...kinds]).join(' | ') || 'string',
      uuid: format === 'uuid' && !values,
      description: parameter?.description,
    };
  });
}

export function readQueryParameters(
  document: Document,
  types: SchemaTypes,
  site: Site,
): QueryParameters | undefined {
  const query = site.parameters.filter((each) => each.in === 'query');
  if (query.length === 0) return undefined;
  const delimited = new Map<string, string>();
  for (const parameter of query) {
    const { name, style = 'form', explode = style === 'form', schema } = parameter;
    refuseContent(parameter);
    const delimiter = delimiters.get(style);
    const kinds = kindsOf(document, schema);
    if (!delimiter) throw new Unsupported(`the query parameter ${name} has the style ${style}`);
    if (kinds.has('object')) throw new Unsupported(`the query parameter ${name} is an object`);
    if (explode || !kinds.delete('array')) continue;
    kinds.delete('null');
    if (kinds.size > 0) throw new Unsupported(`the query parameter ${name} is an array or something else`);
    delimited.set(name, delimiter);
  }
  const required = query.some((each) => each.required);
  const type = `${types.ofOperation(site)}['parameters']['query']`;
  const described = query.filter(({ description }) => description?.trim());
  return {
    type: required ? type : `NonNullable<${type}>`,
    required,
    delimited,
    description:
      described.map(({ name, description }) => `\`${name}\`: ${description?.trim()}`).join('\n') || undefined,
  };
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
  for (const parameter of headers) {
    refuseContent(parameter);
    if (kindsOf(document, parameter.schema).has('object'))
      throw new Unsupported(`the header parameter ${parameter.name} is an object`);
  }
  const type = `${types.ofOperation(site)}['parameters']['header']`;
  const given = headers.some((each) => each.required) ? type : `NonNullable<${type}>`;
  // The client creates a key where its caller gives none.
  const key = headers.find(isIdempotencyKey);
  const left = [...ignored, ...(key?.required ? [key] : [])].map(({ name }) => quote(name));
  const rest = left.length > 0 ? `Omit<${given}, ${left.join(' | ')}>` : given;
  return {
    type: key?.required ? `${rest} & Partial<Pick<${given}, ${quote(key.name)}>>` : rest,
    required: headers.some((each) => each.required && each !== key),
  };
}

/** The header, in lower case, whose key makes it safe to send a request again, where an operation has one. */
export function idempotencyHeader(parameters: Parameter[]): string | undefined {
  return parameters.some((each) => each.in === 'header' && isIdempotencyKey(each))
    ? IDEMPOTENCY_KEY
    : undefined;
}

function isIdempotencyKey({ name }: Parameter): boolean {
  return name.toLowerCase() === IDEMPOTENCY_KEY;
}

/** Cookies are for browsers to send: one that need not be there is left to them. */
export function refuseCookies(parameters: Parameter[]): void {
  for (const { name, in: place, required } of parameters)
    if (place === 'cookie' && required) throw new Unsupported(`it requires the cookie parameter ${name}`);
}

function refuseContent({ name, in: place, content }: Parameter): void {
  if (content) throw new Unsupported(`the ${place} parameter ${name} is written with a media type`);
}

function isSubset(values: Set<string>, of: string[]): boolean {
  return [...values].every((value) => of.includes(value));
}
