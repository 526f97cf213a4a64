import type { Operation } from './operations.ts';
import { emitPath, type Paged } from './pagination.ts';
import type { PathParameter, QueryParameters } from './parameters.ts';
import type { Stream } from './responses.ts';
import type { Security } from './security.ts';
import { docComment, indentLines, propertyName, quote } from './text.ts';

/** The declarations of the methods of an operation: one for its data, one for its stream. */
export function methodSignatures(operation: Operation): string[] {
  const { name, streamName, stream } = operation;
  return [
    ...(streamName === name ? [] : [methodSignature(operation, name, emitReturnType(operation))]),
    ...(stream && streamName ? [methodSignature(operation, streamName, `StreamCall<${stream.item}>`)] : []),
  ];
}

/** A declaration with its documentation. */
function methodSignature(operation: Operation, name: string, returns: string): string {
  const { object, pathParameters, query, headers, body } = operation;
  const parameters = [
    ...pathParameters.map(({ argument, type }) => `${argument}: ${type}`),
    ...(body ? [`body${body.required ? '' : '?'}: ${body.type}`] : []),
    ...(query ? [`query${query.required ? '' : '?'}: ${query.type}`] : []),
    emitOptions(headers),
  ];
  const tags = [
    ...pathParameters.map(({ argument, description = '', uuid }) =>
      `@param ${argument} ${description}${uuid ? ' A UUID.' : ''}`.trim(),
    ),
    ...(body?.description ? [`@param body ${body.description}`] : []),
    ...(query?.description ? [`@param query ${query.description}`] : []),
    ...(object.deprecated ? ['@deprecated'] : []),
  ];
  const comment = docComment(
    [object.summary, object.description, `\`${operation.method} ${operation.path}\``, tags.join('\n')],
    '  ',
  );
  const required = parameters.map((each, index) => requireBefore(each, parameters.slice(index + 1)));
  const one = `  ${name}(${required.join(', ')}): ${returns};\n`;
  const many = `  ${name}(\n${required.map((each) => `    ${each},\n`).join('')}  ): ${returns};\n`;
  return comment + (one.length > 110 ? many : one);
}

function emitOptions(headers: Operation['headers']): string {
  if (!headers) return 'options?: CallOptions';
  return headers.required
    ? `options: HeaderOptions<${headers.type}>`
    : `options?: Partial<HeaderOptions<${headers.type}>>`;
}

/** An optional parameter before a required one becomes required, but can be undefined. */
function requireBefore(parameter: string, following: string[]): string {
  const [, name, type] = /^(\w+)\?: (.*)$/.exec(parameter) ?? [];
  const needed = following.some((each) => !/^\w+\?: /.test(each));
  return name && needed ? `${name}: ${type} | undefined` : parameter;
}

function emitReturnType({ success: { data }, errorsName, pagination }: Operation): string {
  if (!pagination) return `ApiCall<${data}, ${errorsName}>`;
  const items = pagination.items.reduce(
    (type, { name, required }) =>
      required ? `${type}[${quote(name)}]` : `NonNullable<${type}[${quote(name)}]>`,
    data,
  );
  return `ListCall<${data}, ${items}[number], ${errorsName}>`;
}

/** The implementations of the methods: what they send and what they expect. */
export function emitMethods(operation: Operation, common: Security): string {
  const { name, streamName, stream, success } = operation;
  const data = streamName === name ? '' : emitMethod(operation, name, emitSuccess(success), common);
  if (!stream || !streamName) return data;
  return data + emitMethod(operation, streamName, [`accept: ${quote(stream.mediaType)}`], common, stream);
}

function emitMethod(
  operation: Operation,
  name: string,
  success: string[],
  common: Security,
  stream?: Stream,
): string {
  const { id, method, path, pathParameters, query, body, pagination } = operation;
  const parameters = [
    ...pathParameters.map(({ argument }) => argument),
    ...(body ? [body.defaultsToEmpty ? 'body = {}' : 'body'] : []),
    ...(query ? ['query'] : []),
    'options',
  ];
  const uuids = pathParameters.filter(({ uuid }) => uuid);
  const others = pathParameters.filter(({ uuid }) => !uuid);
  const styles = query && emitStyles(query);
  const security = emitSecurity(operation.security, common);
  const input = [
    ...(uuids.length > 0 ? [`uuids: ${emitArguments(uuids)}`] : []),
    ...(others.length > 0 ? [`path: ${emitArguments(others)}`] : []),
    ...emitWriters(operation),
    ...(query ? ['query'] : []),
    ...(styles ? [`styles: ${styles}`] : []),
    ...(body ? ['body'] : []),
    ...(body?.encode ? [`encode: ${body.encode.call}`] : []),
    ...success,
    ...(operation.object['x-idempotent'] ? ['idempotent: true'] : []),
    ...(operation.idempotencyHeader ? [`idempotencyHeader: ${quote(operation.idempotencyHeader)}`] : []),
    ...(operation.server ? [`server: ${quote(operation.server)}`] : []),
    ...(security ? [`security: ${security}`] : []),
  ];
  const object = `{${input.map((each) => `\n  ${each},`).join('')}${input.length > 0 ? '\n' : ''}}`;
  const call = [quote(id), quote(method), quote(path), 'options', object];
  const result = emitCall(call, stream, pagination);
  return indentLines(`${name}: (${parameters.join(', ')}) =>\n${indentLines(result, '  ')},\n`, '    ');
}

/** @param call the arguments of the runtime function */
function emitCall(call: string[], stream: Stream | undefined, pagination: Paged | undefined): string {
  if (stream) return `callStream(transport, [${call.join(', ')}], ${stream.reader})`;
  return pagination ? emitList(call, pagination) : `call(${call.join(', ')})`;
}

/** The security requirements of an operation as an array; undefined if they are those of the whole contract. */
export function emitSecurity(security: Security, common: Security): string | undefined {
  if (JSON.stringify(security) === JSON.stringify(common)) return undefined;
  return `[${security.map((names) => `[${names.map(quote).join(', ')}]`).join(', ')}]`;
}

/** The styles of query parameters as an object; undefined if all have the default style. */
export function emitStyles({ styles }: QueryParameters): string | undefined {
  const rows = Array.from(styles, ([name, style]) => `${propertyName(name)}: ${quote(style)}`);
  return rows.length > 0 ? `{ ${rows.join(', ')} }` : undefined;
}

/** The fields with the writers of path and header parameters that differ from the default. */
export function emitWriters({ pathParameters, headers }: Operation): string[] {
  const ofPath = pathParameters.flatMap(({ wireName, writer }): [string, string][] =>
    writer ? [[wireName, writer]] : [],
  );
  const field = (name: string, writers: [string, string][]) =>
    writers.length > 0
      ? [`${name}: { ${writers.map(([key, writer]) => `${propertyName(key)}: ${writer}`).join(', ')} }`]
      : [];
  return [...field('writers', ofPath), ...field('headerWriters', [...(headers?.writers ?? [])])];
}

/** The functions of the runtime that `emitWriters` calls. */
export function writerFunctions(operations: Operation[]): string[] {
  const writers = operations.flatMap(({ pathParameters, headers }) => [
    ...pathParameters.flatMap(({ writer }) => writer ?? []),
    ...(headers?.writers.values() ?? []),
  ]);
  return writers.map((writer) => writer.replace(/\(.*/, ''));
}

function emitSuccess({ kind, expected, byStatus, accept }: Operation['success']): string[] {
  const statuses = Array.from(byStatus, ([status, each]) => `${status}: ${quote(each)}`);
  if (kind === 'redirect') return ['redirect: true', 'decode: decodeLocation'];
  const isText = kind === 'text' || kind === 'bytes';
  return [
    ...(accept ? [`accept: ${quote(accept)}`] : []),
    ...(kind === 'bytes' ? ["read: 'blob'"] : []),
    ...(isText ? ['decode: decodeAsIs'] : []),
    ...(isText || expected === 'object' ? [] : [`expected: ${quote(expected)}`]),
    ...(statuses.length > 0 ? [`decode: decodeByStatus({ ${statuses.join(', ')} })`] : []),
  ];
}

function emitList(call: string[], { items, next }: Paged): string {
  const paging = `{ items: ${emitPath(items.map(({ name }) => name))}, next: ${next} }`;
  return `callList(\n  call,\n${indentLines(`[${call.join(', ')}],\n${paging},`, '  ')}\n)`;
}

function emitArguments(parameters: PathParameter[]): string {
  const fields = parameters.map(({ wireName, argument }) =>
    wireName === argument ? argument : `${propertyName(wireName)}: ${argument}`,
  );
  return `{ ${fields.join(', ')} }`;
}
