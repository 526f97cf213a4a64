import {
  type Document,
  kindsOf,
  type Parameter,
  type Reference,
  resolve,
  type Schema,
} from '../../openapi/document.ts';
import { namesIn } from '../../openapi/template.ts';
import type { Draft } from './draft.ts';
import { camelCase, Names, parameterReserved } from './names.ts';
import type { SchemaTypes } from './schema-types.ts';
import { Code, quote } from './text.ts';

export interface PathParameter {
  wireName: string;
  argument: string;
  type: string;
  uuid: boolean;
  /** The function that writes it; undefined for the default. */
  writer: Code | undefined;
  description: string | undefined;
}

/** The parameters of an operation in one place. */
export interface Parameters {
  type: string;
  required: boolean;
  /** The functions that write those that differ from the default, by name. */
  writers: Map<string, Code>;
  /** The descriptions of the parameters. */
  description: string | undefined;
}

const IDEMPOTENCY_KEY = 'idempotency-key';

const delimiters = new Map([
  ['form', ','],
  ['cookie', ','],
  ['spaceDelimited', ' '],
  ['pipeDelimited', '|'],
]);

/** The styles of form fields, query parameters and cookies; a step of normalize/ writes `json`. */
export const formStyles = [...delimiters.keys(), 'deepObject', 'json'];

const pathStyles = ['simple', 'label', 'matrix', 'json'];

export function readPathParameters(document: Document, types: SchemaTypes, draft: Draft): PathParameter[] {
  const names = new Names(parameterReserved);
  return namesIn(draft.path).map((wireName) => {
    const parameter = draft.parameters.find((each) => each.in === 'path' && each.name === wireName);
    const { format, enum: values }: Schema = resolve<Schema>(document, parameter?.schema ?? {});
    const kinds = kindsOf(document, parameter?.schema ?? { type: 'string' });
    kinds.delete('null');
    const writer = parameter && readPathWriter(document, parameter, kinds);
    const compound = kinds.has('array') || kinds.has('object') || writer?.name === 'jsonInPath';
    const literals = values?.map((value) => (typeof value === 'string' ? quote(value) : String(value)));
    const type = compound
      ? `${types.ofOperation(draft)}['parameters']['path'][${quote(wireName)}]`
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
  { style = 'simple', explode = false, schema }: Parameter,
  kinds: Set<string>,
): Code | undefined {
  if (style === 'json') return new Code('jsonInPath');
  const isDefault = style === 'simple' && !kinds.has('object') && !holdsObjects(document, schema);
  return isDefault ? undefined : new Code('inPath', [style, explode]);
}

/** Why a parameter cannot be written; undefined if it can. Completes "no method, because". */
export function whyUnwritable(document: Document, parameter: Parameter): string | undefined {
  const { name, in: place, content, schema, style } = parameter;
  if (isIgnored(parameter)) return undefined;
  if (place === 'querystring') return `its parameter ${name} is the whole query string`;
  const subject = `the ${place} parameter ${name}`;
  if (content) return `${subject} is written as ${Object.keys(content).join(', ')}`;
  // A header has only one.
  const known = place === 'path' ? pathStyles : formStyles;
  if (style && place !== 'header' && !known.includes(style))
    return `${subject} has the style ${style}, which is not one of its place`;
  if (style !== 'deepObject' && style !== 'json' && holdsObjects(document, schema))
    return `${subject} is a list of objects, for which OpenAPI defines no text. Describe it by content, such as application/json`;
  return undefined;
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
  draft: Draft,
  place: 'query' | 'cookie',
): Parameters | undefined {
  const all = draft.parameters.filter((each) => each.in === place);
  const parameters = all.filter((each) => !draft.unwritable.includes(each));
  if (parameters.length === 0) return undefined;
  const writers = new Map<string, Code>();
  for (const parameter of parameters) {
    const style = readStyle(document, parameter);
    if (style) writers.set(parameter.name, style);
  }
  const required = parameters.some((each) => each.required);
  const type = `${types.ofOperation(draft)}['parameters'][${quote(place)}]`;
  const described = parameters.filter(({ description }) => description?.trim());
  return {
    type: omit(
      required ? type : `NonNullable<${type}>`,
      all.filter((each) => !parameters.includes(each)),
    ),
    required,
    writers,
    description:
      described.map(({ name, description }) => `\`${name}\`: ${description?.trim()}`).join('\n') || undefined,
  };
}

/** What a contract says of the text of a value. */
type Styled = { [Key in 'schema' | 'style' | 'explode' | 'allowReserved']?: Parameter[Key] | undefined };

/** The function that writes a parameter or a form field; undefined for the default. */
export function readStyle(
  document: Document,
  { schema, style = 'form', explode = style === 'form' || style === 'cookie', allowReserved }: Styled,
): Code | undefined {
  if (style === 'json') return new Code('jsonPair');
  if (style === 'deepObject') return new Code('deepObject');
  const kinds = kindsOf(document, schema);
  if (!explode && (kinds.has('array') || kinds.has('object')))
    return new Code('delimited', [delimiters.get(style) ?? ',']);
  return allowReserved ? new Code('reserved') : undefined;
}

export function readHeaderParameters(
  document: Document,
  types: SchemaTypes,
  draft: Draft,
): Parameters | undefined {
  const all = draft.parameters.filter((each) => each.in === 'header');
  const headers = all.filter((each) => !isIgnored(each) && !draft.unwritable.includes(each));
  if (headers.length === 0) return undefined;
  const writers = new Map<string, Code>();
  for (const { name, style, explode = false, schema } of headers) {
    if (style === 'json') writers.set(name.toLowerCase(), new Code('jsonInHeader'));
    else if (kindsOf(document, schema).has('object'))
      writers.set(name.toLowerCase(), new Code('objectInHeader', [explode]));
  }
  const type = `${types.ofOperation(draft)}['parameters']['header']`;
  const given = headers.some((each) => each.required) ? type : `NonNullable<${type}>`;
  // The client creates a key if the caller passes none.
  const key = headers.find(isIdempotencyKey);
  const rest = omit(
    given,
    all.filter((each) => !headers.includes(each) || (each === key && key.required)),
  );
  return {
    type: key?.required ? `${rest} & Partial<Pick<${given}, ${quote(key.name)}>>` : rest,
    required: headers.some((each) => each.required && each !== key),
    writers,
    description: undefined,
  };
}

function omit(type: string, parameters: Parameter[]): string {
  const names = parameters.map(({ name }) => quote(name));
  return names.length > 0 ? `Omit<${type}, ${names.join(' | ')}>` : type;
}

/** Bodies, responses and security define these headers; clients must ignore parameters with their names. */
function isIgnored({ name, in: place }: Parameter): boolean {
  return place === 'header' && ['accept', 'content-type', 'authorization'].includes(name.toLowerCase());
}

/** The header, in lower case, that makes a retry of an operation safe, if it has one. */
export function idempotencyHeader({ parameters }: Draft): string | undefined {
  return parameters.some((each) => each.in === 'header' && isIdempotencyKey(each))
    ? IDEMPOTENCY_KEY
    : undefined;
}

function isIdempotencyKey({ name }: Parameter): boolean {
  return name.toLowerCase() === IDEMPOTENCY_KEY;
}
