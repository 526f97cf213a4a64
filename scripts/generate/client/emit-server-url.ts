import type { Document } from '../../openapi/document.ts';
import { addressOf, readVariables } from '../../openapi/servers.ts';
import { docComment, literal, propertyName, quote } from './text.ts';

/** Writes `serverUrl`, for the option `baseUrl`, if the URL of the service has variables. */
export function emitServerUrl(document: Document): string {
  const variables = readVariables(document);
  const [first] = variables;
  if (!first) return '';
  const fields = variables.map(({ name, values, fallback, description }) => {
    const type = values.map(quote).join(' | ') || 'string';
    const comment = docComment(
      [description, fallback === undefined ? '' : `@default ${quote(fallback)}`],
      '  ',
    );
    const optional = fallback === undefined ? `: ${type}` : `?: ${type} | undefined`;
    return `${comment}  ${propertyName(name)}${optional};\n`;
  });
  const defaults = variables.flatMap(({ name, fallback }) =>
    fallback === undefined ? [] : [[name, fallback]],
  );
  const argument = `variables: ServerVariables${defaults.length === variables.length ? ' = {}' : ''}`;
  const example = literal({ [first.name]: first.fallback ?? first.name });
  return `/** What the address of the service depends on. */
export interface ServerVariables {
${fields.join('')}}

${docComment(['The address of the service, for `baseUrl`.', `@example\ncreateClient({ baseUrl: serverUrl(${example}) })`])}export function serverUrl(${argument}): string {
  return fillServer(${quote(addressOf(document))}, ${literal(Object.fromEntries(defaults))}, variables);
}

`;
}
