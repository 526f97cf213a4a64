import type { Call } from './list-calls.ts';
import { printLiteral } from './literal.ts';

/** The call through the method client. */
export function methodCallOf(call: Call): string {
  const { operationId, pathParameters, query, body, result, isPaged } = call;
  const values = [
    ...pathParameters.map(([, value]) => value),
    ...(body === undefined ? [] : [body]),
    ...(query.length > 0 ? [Object.fromEntries(query)] : []),
  ];
  const start = isPaged ? 'for await (const item of ' : `const ${result} = await `;
  const method = `${start}nectar.${operationId}(`;
  const called = values.reduce<string>((text, value, index) => {
    const before = index === 0 ? text : `${text}, `;
    return before + printLiteral(value, before.length + ');'.length);
  }, method);
  return program(
    'createClient',
    'nectar',
    isPaged ? [`${called})) {`, '  console.log(item);', '}'] : [`${called});`, `console.log(${result});`],
  );
}

/** The call through the openapi-fetch client. */
export function fetchCallOf({ method, path, pathParameters, query, body }: Call): string {
  const params = {
    ...(pathParameters.length > 0 && { path: Object.fromEntries(pathParameters) }),
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
  };
  const options = {
    ...(Object.keys(params).length > 0 && { params }),
    ...(body !== undefined && { body }),
  };
  const start = `const { data, error } = await api.${method}(${printLiteral(path, 0)}`;
  const rest = Object.keys(options).length > 0 ? `, ${printLiteral(options, start.length)}` : '';
  return program('createFetchClient', 'api', [`${start}${rest});`, 'console.log(data ?? error);']);
}

function program(factory: string, variable: string, lines: string[]): string {
  return [
    `import { ${factory} } from 'nectar-openapi';`,
    '',
    `const ${variable} = ${factory}();`,
    ...lines,
  ].join('\n');
}
