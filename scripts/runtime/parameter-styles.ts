import { isRecord, toText, type Writers, writeJson } from './request.ts';

/** What it returns for a path is escaped. */
type WriteParameter = Writers[string];

/** A path parameter in JSON. */
export const jsonInPath: WriteParameter = (_, value) => encodeURIComponent(writeJson(value));

/** A header in JSON. */
export const jsonInHeader: WriteParameter = (_, value) => writeJson(value);

/** A path parameter in a style of the standard other than a list with commas. */
export function inPath(style: 'simple' | 'label' | 'matrix', explode: boolean): WriteParameter {
  return (name, value) => {
    const items = itemsOf(value, explode, (each) =>
      encodeURIComponent(toText(each, `The path parameter ${name}`)),
    );
    if (style === 'simple') return items.join(',');
    if (style === 'label') return `.${items.join(explode ? '.' : ',')}`;
    if (!explode) return `;${name}=${items.join(',')}`;
    return items.map((item) => (isRecord(value) ? `;${item}` : `;${name}=${item}`)).join('');
  };
}

/** A header whose value is an object: `field,value`, or `field=value` where it explodes. */
export function objectInHeader(explode: boolean): WriteParameter {
  return (name, value) => itemsOf(value, explode, (each) => toText(each, `The header ${name}`)).join(',');
}

function itemsOf(value: unknown, explode: boolean, write: (item: unknown) => string): string[] {
  if (!isRecord(value)) return [value].flat().map(write);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  return explode ? fields.map((field) => field.map(write).join('=')) : fields.flat().map(write);
}
