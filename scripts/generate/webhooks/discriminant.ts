import { type Document, type Reference, resolve, type Schema } from '../../openapi/document.ts';

/** An event: its key in the contract, and the schema of its payload. */
interface Payload {
  name: string;
  schema: Schema | Reference;
}

/** The field by which a `switch` distinguishes the events. */
export interface Discriminant {
  field: string;
  /** The events whose name is the value of the field, although its type does not say so. */
  named: Set<string>;
  /** The events with a value of the field that no other event has, according to their types. */
  valued: Set<string>;
}

/**
 * Finds the field that distinguishes the most events: its documented values include the name of the event or, if it is
 * required, values that no other event has. Undefined if no field distinguishes most events, as the others could not be
 * part of the union.
 */
export function findDiscriminant(document: Document, payloads: readonly Payload[]): Discriminant | undefined {
  const fields = new Map<string, Map<string, Field>>();
  for (const { name, schema } of payloads) {
    for (const [key, field] of fieldsOf(document, schema)) {
      fields.set(key, (fields.get(key) ?? new Map()).set(name, field));
    }
  }
  let best: Discriminant | undefined;
  for (const [field, events] of fields) {
    const found = { field, ...tellApart(events) };
    if (countOf(found) > countOf(best)) best = found;
  }
  return countOf(best) * 2 > payloads.length ? best : undefined;
}

function countOf(found: Discriminant | undefined): number {
  return found === undefined ? 0 : found.named.size + found.valued.size;
}

function tellApart(events: ReadonlyMap<string, Field>): Pick<Discriminant, 'named' | 'valued'> {
  const named = new Set([...events].filter(([name, { values }]) => values.has(name)).map(([name]) => name));
  const others = [...events].filter(([name, { closed, required }]) => !named.has(name) && closed && required);
  const taken = [...named, ...others.flatMap(([, { values }]) => [...values])];
  const isAlone = (value: unknown) => taken.filter((each) => each === value).length === 1;
  const valued = others.filter(([, { values }]) => [...values].every(isAlone)).map(([name]) => name);
  return { named, valued: new Set(valued) };
}

/** A property with documented values. */
interface Field {
  values: Set<unknown>;
  /** Whether it can have no other value. */
  closed: boolean;
  required: boolean;
}

/** The fields of an object with documented values, in all its alternatives. */
function fieldsOf(
  document: Document,
  node: Schema | Reference,
  above: readonly Schema[] = [],
): Map<string, Field> {
  const schema = resolve<Schema>(document, node);
  if (above.includes(schema)) return new Map();
  const within = (part: Schema | Reference) => fieldsOf(document, part, [...above, schema]);
  const all = [
    ownFields(document, schema),
    ...(schema.allOf ?? []).map(within),
    ...[schema.oneOf, schema.anyOf].flatMap((forms) => (forms ? [inEachOf(forms.map(within))] : [])),
  ].flatMap((fields) => [...fields]);
  const required = new Set(requiredBy(document, schema));
  const merged = new Map<string, Field>();
  for (const [name, field] of all)
    merged.set(name, { ...field, required: field.required || required.has(name) });
  return merged;
}

function ownFields(document: Document, schema: Schema): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const [name, node] of Object.entries(schema.properties ?? {})) {
    const property = resolve<Schema>(document, node);
    const closed = property.const !== undefined ? [property.const] : property.enum;
    const values = new Set<unknown>(closed ?? property['x-known-values']);
    if (values.size > 0) fields.set(name, { values, closed: closed !== undefined, required: false });
  }
  return fields;
}

/** One part of an `allOf` can require a field that another part describes. */
function requiredBy(document: Document, schema: Schema): string[] {
  const parts = (schema.allOf ?? []).map((part) => resolve<Schema>(document, part));
  return [schema, ...parts].flatMap(({ required = [] }) => required);
}

function inEachOf(forms: readonly Map<string, Field>[]): Map<string, Field> {
  const [first = new Map<string, Field>(), ...others] = forms;
  const shared = [...first].filter(([name]) => others.every((form) => form.has(name)));
  return new Map(
    shared.map(([name]) => {
      const fields = forms.flatMap((form) => form.get(name) ?? []);
      const values = new Set(fields.flatMap((field) => [...field.values]));
      const closed = fields.every((field) => field.closed);
      return [name, { values, closed, required: fields.every((field) => field.required) }];
    }),
  );
}
