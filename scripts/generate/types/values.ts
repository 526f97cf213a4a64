import { type Document, resolve, type Schema } from '../../openapi/document.ts';
import { docComment, quote } from '../client/text.ts';
import { publicNames, schemaTypeNames } from './schema-names.ts';

/**
 * Writes values.ts: for each schema that is a list of values, closed or open, the values as a frozen tuple, such as
 * `parcelStatusValues` for `ParcelStatus`. Returns undefined without any.
 */
export function emitValues(document: Document): string | undefined {
  const types = schemaTypeNames(document);
  const taken = new Set([...types.values(), ...publicNames]);
  const tuples = [...types].flatMap(([schema, type]) => {
    const node = document.components?.schemas?.[schema];
    const values = node && readValues(resolve<Schema>(document, node));
    if (!values) return [];
    let name = `${type.charAt(0).toLowerCase()}${type.slice(1)}Values`;
    while (taken.has(name)) name += '_';
    taken.add(name);
    const list = `[\n${values.map((value) => `  ${value},\n`).join('')}]`;
    const comment = docComment([`The known values of \`${type}\`.`]);
    // `isolatedDeclarations` needs the type; the annotation of the call lets bundlers drop what is not imported.
    return `${comment}export const ${name}: readonly ${list} = /* @__PURE__ */ Object.freeze(${list} as const);\n`;
  });
  return tuples.length > 0 ? tuples.join('\n') : undefined;
}

/** The values as code; undefined for a schema that is not a list of values. */
function readValues({ enum: closed, 'x-known-values': open }: Schema): string[] | undefined {
  const values = closed ?? open;
  if (
    !Array.isArray(values) ||
    values.length === 0 ||
    values.some((value) => typeof value === 'object' && value)
  )
    return undefined;
  return [...new Set(values)].map((value) => (typeof value === 'string' ? quote(value) : String(value)));
}
