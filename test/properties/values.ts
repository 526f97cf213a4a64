import fc from 'fast-check';
import { type Json, loadContract, resolve } from '../contract/contract.ts';

const contract = await loadContract();

/** A value that breaks one constraint of a schema, and where in the value it does. */
export interface BrokenValue {
  constraint: string;
  at: string[];
  value: unknown;
}

const email = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/).map((name) => `${name}@harborstreet.example`);
const date = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10));

/** Values that the schema accepts. */
export function validValue(node: Json): fc.Arbitrary<Json> {
  const schema = resolve(contract, node);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000_000 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(validValue(schema.items), { maxLength: 4 });
    case 'object': {
      const fields = Object.entries<Json>(schema.properties).map(([name, each]) => [name, validValue(each)]);
      return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
    }
    case 'string':
      if (schema.format === 'email') return email;
      if (schema.format === 'uuid') return fc.uuid();
      if (schema.format === 'date') return date;
      return fc.string({ minLength: schema.minLength ?? 0, maxLength: schema.maxLength ?? 30 });
    case undefined:
      return fc.jsonValue();
    default:
      throw new Error(`There is no generator for the type ${schema.type}.`);
  }
}

/**
 * Values that break the schema at one place. In a URL all is text, so that only a text can be wrong there.
 *
 * @returns undefined where the schema has no constraint to break
 */
export function brokenValue(node: Json, inUrl = false): fc.Arbitrary<BrokenValue> | undefined {
  const schema = resolve(contract, node);
  const wrong = (constraint: string, ...values: unknown[]) =>
    fc.constantFrom(...values).map((value): BrokenValue => ({ constraint, at: [], value }));
  const choices: (fc.Arbitrary<BrokenValue> | undefined)[] = [];
  const wrongTypes: Record<string, unknown[]> = {
    integer: inUrl ? ['many', '1.5'] : ['1000', 1000.5, true, [], null],
    boolean: ['true', 1, null],
    string: [1000, false, {}, null],
    array: ['text', 1000, {}, null],
  };
  if (schema.type in wrongTypes && (!inUrl || schema.type === 'integer'))
    choices.push(wrong('type', ...(wrongTypes[schema.type] ?? [])));
  if (schema.minimum !== undefined) choices.push(wrong('minimum', schema.minimum - 1, schema.minimum - 1000));
  if (schema.maximum !== undefined) choices.push(wrong('maximum', schema.maximum + 1, schema.maximum * 1000));
  if (schema.enum) choices.push(wrong('enum', 'SOMETHING_ELSE', schema.enum[0].toLowerCase()));
  if (schema.format) choices.push(wrong('format', 'neither', '12', '2025-13-45'));
  if (schema.type === 'array') choices.push(brokenMember(schema.items, '0', (item) => [item], inUrl));
  for (const [name, each] of Object.entries<Json>(schema.properties ?? {}))
    choices.push(brokenMember(each, name, (value) => ({ [name]: value }), inUrl));
  const real = choices.filter((each) => each !== undefined);
  return real.length > 0 ? fc.oneof(...real) : undefined;
}

function brokenMember(node: Json, key: string, wrap: (value: unknown) => unknown, inUrl: boolean) {
  return brokenValue(node, inUrl)?.map(
    ({ constraint, at, value }): BrokenValue => ({ constraint, at: [key, ...at], value: wrap(value) }),
  );
}
