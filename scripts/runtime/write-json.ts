import { InvalidInputError } from './errors.ts';

/**
 * @param value is written without any change, or refused
 * @param place names it in an error
 * @throws {InvalidInputError} that names the place of a value which JSON would drop or change: NaN would become `null`,
 *   which can mean "no limit"
 */
export function writeJson(value: unknown, place = 'body'): string {
  checkJson(value, place);
  return JSON.stringify(value);
}

/** The maximum depth of a body, as one that contains itself is infinite. */
const DEEPEST = 1000;

function checkJson(value: unknown, place: string, depth = 0): void {
  const reject = (advice = '') => {
    throw new InvalidInputError(`${place} is ${describe(value)}, which JSON cannot represent.${advice}`);
  };
  if (depth > DEEPEST) throw new InvalidInputError('The body is nested too deeply, or contains itself.');
  if (typeof value === 'number' && !Number.isFinite(value)) reject();
  if (typeof value === 'bigint') reject(' Write it as a number or a string, as the contract says.');
  if (typeof value === 'function' || typeof value === 'symbol') reject();
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Date) reject(' Write it as a string, as with toISOString().');
  if ('toJSON' in value) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (item === undefined)
        throw new InvalidInputError(`${place}[${index}] is undefined, which JSON cannot represent.`);
      checkJson(item, `${place}[${index}]`, depth + 1);
    }
  } else if (isRecord(value)) {
    for (const [name, field] of Object.entries(value)) checkJson(field, `${place}.${name}`, depth + 1);
  } else reject();
}

/** Other objects, such as a Date, have no fields to write. */
export function isRecord(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Completes "is". */
export function describe(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value);
  return typeof value === 'object'
    ? `of the type ${Object.prototype.toString.call(value).slice(8, -1)}`
    : `a ${typeof value}`;
}
