import { type Document, type OperationObject, resolve } from '../../openapi/document.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { operationsOf } from '../../openapi/operations.ts';
import { type KeyScheme, SecuritySchemes } from '../../openapi/security.ts';
import { readBasePaths } from '../../openapi/servers.ts';

/** Keywords that mean nothing to a validator. */
const annotations = new Set(['title', 'description', 'default', 'example', 'examples', 'deprecated']);

/**
 * Writes requests.ts: the rules of the contract for each request, as data, for the sandbox, which also runs where it
 * cannot read files. Resolves references and omits annotations.
 *
 * @throws {Error} for a schema that contains itself, which cannot be written as data
 */
export function emitRequests(document: object): string {
  const contract = document as Document;
  const operations = operationsOf(contract);
  const schemes = new SecuritySchemes(
    contract,
    operations.map(({ object }) => object),
  );
  const securityOf = (object: OperationObject) =>
    schemes.of(object).map((names) =>
      names.map((name) => {
        const { place, field, prefix } = schemes.used.get(name) as KeyScheme;
        return { place, field, prefix };
      }),
    );
  const rules = operations.map(({ object, method, path, parameters, body }) => ({
    operationId: object.operationId,
    method: method.toUpperCase(),
    path,
    security: securityOf(object),
    parameters: parameters.map(({ name, in: place, required = false, schema }) => ({
      name,
      in: place,
      required,
      schema: validating(contract, schema),
    })),
    ...(body && {
      body: {
        required: body.required ?? false,
        mediaType: chooseMedia(body.content)?.key ?? '',
        schema: validating(contract, chooseMedia(body.content)?.schema),
      },
    }),
  }));
  return `/** The rules of the contract for one request. */
export interface RequestRule {
  operationId: string;
  method: string;
  /** The path template. */
  path: string;
  /** Alternatives, each with the places of its credentials. */
  security: { place: string; field: string; prefix: string }[][];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  /** Undefined for a request without a body. */
  body?: { required: boolean; mediaType: string; schema: object };
}

/** The paths of the servers, the longest first. */
export const basePaths: string[] = ${JSON.stringify(readBasePaths(contract))};

export const requests: RequestRule[] = [
${rules.map((rule) => `  ${JSON.stringify(rule)},\n`).join('')}];
`;
}

/** A schema without references and annotations. */
function validating(contract: Document, node: unknown, around: unknown[] = []): unknown {
  if (Array.isArray(node)) return node.map((each) => validating(contract, each, around));
  if (typeof node !== 'object' || node === null) return node ?? {};
  const { $ref, ...beside } = node as { $ref?: string };
  const target = $ref === undefined ? {} : resolve(contract, { $ref });
  if (around.includes(target)) throw new Error('A schema of a request contains itself.');
  const inner = (value: unknown) =>
    validating(contract, value, $ref === undefined ? around : [...around, target]);
  return Object.fromEntries(
    Object.entries({ ...target, ...beside })
      .filter(([keyword]) => !annotations.has(keyword) && !keyword.startsWith('x-'))
      .map(([keyword, value]) => {
        if (keyword === 'enum' || keyword === 'const') return [keyword, value];
        if (keyword !== 'properties') return [keyword, inner(value)];
        return [
          keyword,
          Object.fromEntries(Object.entries(Object(value)).map(([name, each]) => [name, inner(each)])),
        ];
      }),
  );
}
