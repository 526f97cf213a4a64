import type { NamedOperation } from './operations.ts';
import type { Paged } from './pagination.ts';
import { docComment, field, indentLines, literal, quote } from './text.ts';

/** The declarations of the methods of an operation: one for its data, one for its stream. */
export function methodSignatures(operation: NamedOperation): string[] {
  const { name, streamName, stream } = operation;
  return [
    ...(streamName === name ? [] : [methodSignature(operation, name, emitReturnType(operation))]),
    ...(stream && streamName ? [methodSignature(operation, streamName, `StreamCall<${stream.item}>`)] : []),
  ];
}

/** A declaration with its documentation. */
function methodSignature(operation: NamedOperation, name: string, returns: string): string {
  const { object, pathParameters, query, body } = operation;
  const parameters = [
    ...pathParameters.map(({ argument, type }) => `${argument}: ${type}`),
    ...(body ? [`body${body.required ? '' : '?'}: ${body.type}`] : []),
    ...(query ? [`query${query.required ? '' : '?'}: ${query.type}`] : []),
    emitOptions(operation),
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

function emitOptions({ headers, cookies }: NamedOperation): string {
  const optional = (required: boolean, type: string) => (required ? type : `Partial<${type}>`);
  const types = [
    headers ? optional(headers.required, `HeaderOptions<${headers.type}>`) : 'CallOptions',
    ...(cookies ? [optional(cookies.required, `CookieOptions<${cookies.type}>`)] : []),
  ];
  return `options${headers?.required || cookies?.required ? '' : '?'}: ${types.join(' & ')}`;
}

/** An optional parameter before a required one becomes required, but can be undefined. */
function requireBefore(parameter: string, following: string[]): string {
  const [, name, type] = /^(\w+)\?: (.*)$/.exec(parameter) ?? [];
  const needed = following.some((each) => !/^\w+\?: /.test(each));
  return name && needed ? `${name}: ${type} | undefined` : parameter;
}

function emitReturnType({ success: { data }, errorsName, pagination }: NamedOperation): string {
  if (!pagination) return `ApiCall<${data}, ${errorsName}>`;
  const items = pagination.items.reduce(
    (type, { name, required }) =>
      required ? `${type}[${quote(name)}]` : `NonNullable<${type}[${quote(name)}]>`,
    data,
  );
  return `ListCall<${data}, ${items}[number], ${errorsName}>`;
}

/** The implementations of the methods: they fill in the description of their operation, which service.ts contains. */
export function emitMethods(operation: NamedOperation): string {
  const { name, streamName, stream, pagination } = operation;
  const call = emitCall(operation);
  const data = pagination ? emitList(call, pagination) : `call(${call})`;
  return [
    ...(streamName === name ? [] : [emitMethod(operation, name, data)]),
    ...(stream && streamName
      ? [emitMethod(operation, streamName, `callStream(transport, ${call}, ${stream.reader})`)]
      : []),
  ].join('');
}

function emitMethod(operation: NamedOperation, name: string, result: string): string {
  const { pathParameters, query, body } = operation;
  const parameters = [
    ...pathParameters.map(({ argument }) => argument),
    ...(body ? [body.defaultsToEmpty ? 'body = {}' : 'body'] : []),
    ...(query ? ['query'] : []),
    'options',
  ];
  return indentLines(`${name}: (${parameters.join(', ')}) =>\n${indentLines(result, '  ')},\n`, '    ');
}

/** The arguments of a call: the operation, and the values that fill it in. */
function emitCall({ id, method, path, pathParameters, query, body }: NamedOperation): string {
  const names = pathParameters.map(({ wireName, argument }) => field(wireName, argument));
  const given = [
    ...(names.length > 0 ? [`path: { ${names.join(', ')} }`] : []),
    ...(query ? ['query'] : []),
    ...(body ? ['body'] : []),
  ];
  const values = given.length > 0 ? [`{\n${given.map((each) => `  ${each},\n`).join('')}}`] : [];
  return `[${[quote(id), quote(method), quote(path), 'options', ...values].join(', ')}]`;
}

function emitList(call: string, { items, next }: Paged): string {
  const paging = literal({ items: items.map(({ name }) => name), next });
  return `callList(\n  call,\n${indentLines(`${call},\n${paging},`, '  ')}\n)`;
}
