import type { Rule } from '../../runtime/rule.ts';
import type { BodyMedia } from './body.ts';
import type { Operation, Operations } from './operations.ts';
import { acceptHeader } from './responses.ts';
import { Code } from './text.ts';

/** What service.ts says of the operations. */
export interface Rules {
  /** Path parameters that must be UUIDs wherever they are. */
  uuids: string[];
  /** What most operations ask for. */
  accept: string;
  /** What most operations with a method respond with, by method; without `object`. */
  expected: Map<string, string>;
  /** By method and path; without those that have the defaults only. */
  operations: Record<string, object>;
}

const JSON_ALONE = new Code('bodyIn', [[['application/json', new Code('json')]]]);

const readings = {
  json: undefined,
  text: new Code('asText'),
  blob: new Code('asBlob'),
  redirect: new Code('asRedirect'),
};

/** The fields of a rule, with the code of functions. */
type RuleFields = { [Field in keyof Rule]: unknown };

export function readRules({ all, security }: Operations): Rules {
  const uuids = uuidsEverywhere(all);
  const accept = mostCommon(all.map(acceptOf)) ?? 'application/json';
  const expected = mostExpected(all);
  const rules = all.map((operation): [string, object] => [
    `${operation.method} ${operation.path}`,
    withoutDefaults(toRule(operation), {
      accept,
      security: security.common,
      uuids: operation.pathParameters.flatMap(({ wireName }) => (uuids.includes(wireName) ? [wireName] : [])),
      expected: expected.get(operation.method) ?? 'object',
      idempotent: false,
      body: JSON_ALONE,
    }),
  ]);
  return {
    uuids,
    accept,
    expected,
    operations: Object.fromEntries(rules.filter(([, rule]) => Object.keys(rule).length > 0)),
  };
}

function toRule(operation: Operation): RuleFields {
  const { object, pathParameters, query, headers, cookies, body, success, stream, errors } = operation;
  const { read } = success;
  const textErrors = [...errors.text.values()].includes(true);
  return {
    server: operation.server,
    security: operation.security,
    idempotent: object['x-idempotent'] ?? false,
    idempotencyHeader: operation.idempotencyHeader,
    uuids: pathParameters.flatMap(({ uuid, wireName }) => (uuid ? [wireName] : [])),
    path: filled(pathParameters.map(({ wireName, writer }) => [wireName, writer])),
    query: filled(query?.writers),
    headers: filled(headers?.writers),
    cookies: cookies && callWith('cookiesIn', filled(cookies.writers)),
    body: body ? new Code('bodyIn', [body.media.map((each) => [each.key, encoderOf(each)])]) : JSON_ALONE,
    accept: acceptOf(operation),
    stream: stream && acceptHeader([stream.mediaType, ...errors.mediaTypes]),
    read: read && readings[read],
    expected: expectedOf(operation),
    byStatus: filled(success.byStatus),
    textErrors: textErrors ? new Code('textAt', [Object.fromEntries(errors.text)]) : undefined,
  };
}

/** Undefined for a body that is not JSON. */
function expectedOf({ success: { read, expected } }: Operation): string | undefined {
  return read === 'json' || read === undefined ? expected : undefined;
}

function mostExpected(operations: Operation[]): Map<string, string> {
  const methods = new Set(operations.map(({ method }) => method));
  const rows = Array.from(methods, (method): [string, string] => {
    const same = operations.filter((each) => each.method === method);
    return [method, mostCommon(same.flatMap((each) => expectedOf(each) ?? [])) ?? 'object'];
  });
  return new Map(rows.filter(([, expected]) => expected !== 'object'));
}

function acceptOf({ success, stream, errors }: Operation): string {
  const streams = stream?.alone ? [stream.mediaType] : [];
  return acceptHeader([...success.mediaTypes, ...streams, ...errors.mediaTypes]);
}

function encoderOf({ encoder, fields }: BodyMedia): Code {
  if (encoder === 'multipart') return callWith(encoder, filled(Object.entries(fields)));
  if (encoder !== 'urlencoded') return new Code(encoder);
  return callWith(encoder, filled(Object.entries(fields).map(([name, { style }]) => [name, style])));
}

function callWith(name: string, argument: object | undefined): Code {
  return new Code(name, argument ? [argument] : []);
}

/** An object with the rows that have a value; undefined without any. */
function filled(rows: Iterable<readonly [string, unknown]> = []): object | undefined {
  const all = [...rows].filter(([, value]) => value !== undefined);
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

function withoutDefaults(rule: RuleFields, defaults: RuleFields): object {
  const isDefault = (name: string, value: unknown) =>
    value === undefined || JSON.stringify(value) === JSON.stringify(defaults[name as keyof Rule]);
  return Object.fromEntries(Object.entries(rule).filter(([name, value]) => !isDefault(name, value)));
}

/** Names that are UUIDs in every path that contains them. */
function uuidsEverywhere(operations: Operation[]): string[] {
  const all = operations.flatMap(({ pathParameters }) => pathParameters);
  const others = new Set(all.filter(({ uuid }) => !uuid).map(({ wireName }) => wireName));
  const names = all.map(({ wireName }) => wireName).filter((name) => !others.has(name));
  return [...new Set(names)].sort();
}

function mostCommon(values: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first?.[0];
}

/** The functions of the runtime that the rules use. */
export function functionsIn(value: unknown): string[] {
  if (value instanceof Code) return [value.name, ...functionsIn(value.args)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(functionsIn) : [];
}
