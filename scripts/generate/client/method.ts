import type { Pagination } from './document.ts';
import type { Operation } from './operations.ts';
import type { PathParameter, QueryParameters } from './parameters.ts';
import { docComment, indentLines, propertyName, quote } from './text.ts';

/** The declaration of an operation's method, with what the contract says of it. */
export function methodSignature(operation: Operation): string {
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
    ...(object.deprecated ? ['@deprecated'] : []),
  ];
  const comment = docComment(
    [object.summary, object.description, `\`${operation.method} ${operation.path}\``, tags.join('\n')],
    '  ',
  );
  const returns = emitReturnType(operation);
  const required = parameters.map((each, index) => requireBefore(each, parameters.slice(index + 1)));
  const one = `  ${operation.name}(${required.join(', ')}): ${returns};\n`;
  const many = `  ${operation.name}(\n${required.map((each) => `    ${each},\n`).join('')}  ): ${returns};\n`;
  return comment + (one.length > 110 ? many : one);
}

function emitOptions(headers: Operation['headers']): string {
  if (!headers) return 'options?: CallOptions';
  return headers.required
    ? `options: HeaderOptions<${headers.type}>`
    : `options?: Partial<HeaderOptions<${headers.type}>>`;
}

/** A parameter that others follow which must be given cannot be left out, but it can be undefined. */
function requireBefore(parameter: string, following: string[]): string {
  const [, name, type] = /^(\w+)\?: (.*)$/.exec(parameter) ?? [];
  const needed = following.some((each) => !/^\w+\?: /.test(each));
  return name && needed ? `${name}: ${type} | undefined` : parameter;
}

function emitReturnType({ success: { data }, errorsName, pagination }: Operation): string {
  if (!pagination) return `ApiCall<${data}, ${errorsName}>`;
  return `ListCall<${data}, ${data}[${quote(pagination.items)}][number], ${errorsName}>`;
}

/** The method itself: what it sends and what it expects, for the runtime's `call`. */
export function emitMethod(operation: Operation, hasKey: boolean): string {
  const { name, id, method, path, pathParameters, query, headers, body, pagination } = operation;
  const parameters = [
    ...pathParameters.map(({ argument }) => argument),
    ...(body ? [body.defaultsToEmpty ? 'body = {}' : 'body'] : []),
    ...(query ? ['query'] : []),
    'options',
  ];
  const uuids = pathParameters.filter(({ uuid }) => uuid);
  const others = pathParameters.filter(({ uuid }) => !uuid);
  const input = [
    ...(uuids.length > 0 ? [`uuids: ${emitArguments(uuids)}`] : []),
    ...(others.length > 0 ? [`path: ${emitArguments(others)}`] : []),
    ...(query ? [emitQuery(query, pagination)] : []),
    ...(body ? ['body'] : []),
    ...(body?.encode ? [emitEncoder(body.encode)] : []),
    ...emitSuccess(operation.success),
    ...(operation.object['x-idempotent'] ? ['idempotent: true'] : []),
    ...(hasKey && !operation.needsKey ? ['keyless: true'] : []),
  ];
  const fields = input.map((each) => `  ${each},\n`).join('');
  const options = headers ? 'withHeaders(options)' : 'options';
  const request = `call(${quote(id)}, ${quote(method)}, ${quote(path)}, ${options}, {${fields && `\n${fields}`}})`;
  const result = pagination ? emitList(request, pagination) : request;
  return indentLines(`${name}: (${parameters.join(', ')}) =>\n${indentLines(result, '  ')},\n`, '    ');
}

function emitQuery({ delimited }: QueryParameters, pagination: Pagination | undefined): string {
  const whole = pagination ? `page ? { ...query, ${emitCounter(pagination)} } : query` : 'query';
  const joined = Array.from(
    delimited,
    ([name, delimiter]) => `${propertyName(name)}: ${queryField(name)}?.join(${quote(delimiter)})`,
  );
  if (joined.length > 0) return `query: { ...(${whole}), ${joined.join(', ')} }`;
  return pagination ? `query: ${whole}` : 'query';
}

function emitCounter({ page }: Pagination): string {
  return page === 'page' ? 'page' : `${propertyName(page)}: page`;
}

function queryField(name: string): string {
  return propertyName(name) === name ? `query?.${name}` : `query?.[${quote(name)}]`;
}

function emitEncoder({ name, mediaType }: NonNullable<NonNullable<Operation['body']>['encode']>): string {
  if (name === 'multipart' || name === 'urlencoded') return `encode: ${name}`;
  return `encode: ${name}(${mediaType ? quote(mediaType) : ''})`;
}

function emitSuccess({ kind, expected, byStatus, accept }: Operation['success']): string[] {
  const statuses = Array.from(byStatus, ([status, each]) => `${status}: ${quote(each)}`);
  return [
    ...(accept ? [`accept: ${quote(accept)}`] : []),
    ...(kind === 'bytes' ? ["read: 'blob'"] : []),
    ...(kind === 'text' || kind === 'bytes'
      ? ['decode: asIs']
      : expected === 'object'
        ? []
        : [`expected: ${quote(expected)}`]),
    ...(statuses.length > 0 ? [`decode: byStatus({ ${statuses.join(', ')} })`] : []),
  ];
}

function emitList(request: string, { page, items, hasNext }: Pagination): string {
  return `startList(
  (page) =>
${indentLines(request, '    ')},
  ${queryField(page)},
  ${quote(items)},
  ${quote(hasNext)},
)`;
}

function emitArguments(parameters: PathParameter[]): string {
  return `{ ${parameters.map(({ wireName, argument }) => (wireName === argument ? argument : `${propertyName(wireName)}: ${argument}`)).join(', ')} }`;
}
