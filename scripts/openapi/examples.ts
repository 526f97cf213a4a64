import {
  type Document,
  type Example,
  type MediaType,
  type Parameter,
  resolve,
  type Schema,
} from './document.ts';

/** The first value that a contract shows for a parameter; undefined if it shows none. */
export function parameterExample(document: Document, { example, examples = {}, schema }: Parameter): unknown {
  const [named] = Object.values(examples).map((each) => resolve<Example>(document, each).value);
  const shown: Schema & { example?: unknown; examples?: unknown[]; default?: unknown } = schema
    ? resolve<Schema>(document, schema)
    : {};
  return [
    ...[example, named, shown.example, shown.examples?.[0]],
    ...[shown.default, shown.const, shown.enum?.[0]],
  ].find((each) => each !== undefined);
}

/** The examples of a body by name; one without a name has an empty one. */
export function bodyExamples(
  document: Document,
  { example, examples = {} }: MediaType = {},
): [name: string, example: Example][] {
  const named = Object.entries(examples).map(([name, each]): [string, Example] => [
    name,
    resolve<Example>(document, each),
  ]);
  return named.length > 0 || example === undefined ? named : [['', { value: example }]];
}
