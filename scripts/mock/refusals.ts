import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { kindOf } from '../openapi/media-types.ts';
import { essenceOf, foreignCharset, refuseAccept } from './media-type.ts';
import type { Operation, PrismRequest } from './prism.ts';

/** A response of the mock itself, which is not part of the contract. */
export interface Refusal {
  status: number;
  title: string;
  detail: string;
  /** The part of the request, in the form of Prism's violations. */
  location: string[];
}

/**
 * The reason to keep a request from Prism, if any: what Prism fails on (a path or a body that it cannot read), what
 * it accepts although the contract does not (an empty value, another media type), and a `Prefer` for
 * something that does not exist, to which it responds with a misleading 404.
 */
export function refusalOf(
  { path, headers, body }: PrismRequest,
  operation: Operation | undefined,
): Refusal | undefined {
  const [pathname = '', search = ''] = path.split('?', 2);
  return (
    pathFault(pathname) ??
    acceptFault(headers.get('accept'), operation) ??
    (body === '' ? undefined : bodyFault(headers.get('content-type'), body, operation)) ??
    (operation && emptyValueFault(new URLSearchParams(search), operation)) ??
    (operation && preferFault(headers.get('prefer'), operation))
  );
}

function pathFault(pathname: string): Refusal | undefined {
  try {
    decodeURIComponent(pathname);
    return undefined;
  } catch {
    const detail =
      'A percent sign in the path is not followed by two hexadecimal digits of UTF-8: write it as %25.';
    return { status: 400, title: 'Malformed path', detail, location: ['request', 'path'] };
  }
}

function acceptFault(accept: string | null, operation: Operation | undefined): Refusal | undefined {
  const contents = (operation?.responses ?? []).flatMap((each) => each.contents ?? []);
  const refused = refuseAccept(
    accept,
    contents.map(({ mediaType }) => mediaType),
  );
  return refused && { ...refused, title: 'Not acceptable', location: ['request', 'header', 'accept'] };
}

function bodyFault(type: string | null, body: string, operation: Operation | undefined): Refusal | undefined {
  const refuse = (title: string, detail: string): Refusal => {
    return { status: 415, title, detail, location: ['request', 'header', 'content-type'] };
  };
  const essence = essenceOf(type ?? '');
  // It is ignored.
  if (operation && !operation.request?.body) return undefined;
  const offered = operation?.request?.body?.contents?.map(({ mediaType }) => mediaType) ?? [];
  const [example = 'application/json'] = offered;
  if (type !== null && essence === undefined)
    return refuse('Malformed Content-Type', `${JSON.stringify(type)} is not a media type. Send ${example}.`);
  const charset = foreignCharset(type ?? '');
  if (charset !== undefined)
    return refuse('Unsupported charset', `The mock reads UTF-8, and not ${JSON.stringify(charset)}.`);
  if (offered.length > 0 && !offered.some((each) => matches(each, essence)))
    return refuse(
      'Unsupported Content-Type',
      `Send ${offered.join(' or ')}, and not ${essence ?? 'a body without Content-Type'}.`,
    );
  if (kindOf(essence ?? '') !== 'json') return undefined;
  try {
    JSON.parse(body);
    return undefined;
  } catch (error) {
    const detail = `The body is not valid JSON: ${(error as Error).message}`;
    return { status: 400, title: 'Malformed JSON', detail, location: ['request', 'body'] };
  }
}

/** Whether a media type of a contract, such as `image/*`, covers one. */
function matches(range: string, essence: string | undefined): boolean {
  const wanted = essenceOf(range);
  return wanted === '*/*' || wanted === essence || wanted === essence?.replace(/\/.*/, '/*');
}

const ajv = new Ajv2020({ strict: false, coerceTypes: true, validateSchema: false });
addFormats.default(ajv);
const checks = new WeakMap<object, ValidateFunction>();

/** Prism takes an empty value for a parameter that is missing. */
function emptyValueFault(search: URLSearchParams, operation: Operation): Refusal | undefined {
  for (const { name, schema, allowEmptyValue } of operation.request?.query ?? []) {
    if (!schema || allowEmptyValue || !search.getAll(name).includes('')) continue;
    const isEmptyAllowed = checks.get(schema) ?? compile(schema, operation);
    checks.set(schema, isEmptyAllowed);
    // Within an object, as a value alone is not coerced.
    if (isEmptyAllowed({ value: schema.type === 'array' ? [''] : '' })) continue;
    const detail = `The value of ${name} is empty, and ${isEmptyAllowed.errors?.[0]?.message}.`;
    return { status: 400, title: 'Empty value', detail, location: ['request', 'query', name] };
  }
  return undefined;
}

/** Prism keeps the references of recursive schemas, to `__bundled__` beside the operation. */
function compile(schema: object, operation: Operation): ValidateFunction {
  const { __bundled__ = {} } = operation as { __bundled__?: object };
  return ajv.compile({ properties: { value: { ...schema, $schema: undefined } }, __bundled__ });
}

/** 501, as the limitation is one of the mock and not of the API. */
function preferFault(prefer: string | null, operation: Operation): Refusal | undefined {
  if (prefer === null) return undefined;
  const refuse = (wanted: string, offered: string[]): Refusal => ({
    status: 501,
    title: 'The mock has no such response',
    detail: `Prefer asks for ${wanted}, but ${operation.iid ?? operation.path} has ${offered.join(', ')}.`,
    location: ['request', 'header', 'prefer'],
  });
  const [, code] = /\bcode=([^\s,;]+)/.exec(prefer) ?? [];
  const [, example] = /\bexample=([^\s,;]+)/.exec(prefer) ?? [];
  const responses = operation.responses.filter((each) => code === undefined || covers(each.code, code));
  if (responses.length === 0) {
    return refuse(
      `the status ${code}`,
      operation.responses.map((each) => each.code),
    );
  }
  const examples = responses.flatMap(({ contents = [] }) =>
    contents.flatMap(({ examples: named = [] }) => named.map(({ key }) => key)),
  );
  if (example === undefined || examples.includes(example)) return undefined;
  return refuse(`the example ${example}`, [...new Set(examples)]);
}

/** Whether a key of `responses` covers a status: `404`, `4XX`, `default`. */
function covers(key: string, code: string): boolean {
  return key === code || key === 'default' || key.toUpperCase() === `${code[0]}XX`;
}
