import { expect, test } from 'vitest';
import { checkTypes } from '../../scripts/generate/types/check.ts';

const compiles = `export interface paths { "/parcels": { get: never } }
export interface components { schemas: { Parcel: { photo?: Blob; labels: string[]; more: Record<string, unknown> } } }
export type Parcel = components["schemas"]["Parcel"];
`;

test('types that compile pass', () => {
  expect(() => checkTypes(compiles)).not.toThrow();
});

test.each([
  ['a lookup of nothing', 'paths["/parzels"]', "Property '/parzels' does not exist on type"],
  ['a type that is itself', 'components["schemas"]["Wrong"]', "'Wrong' is referenced directly or indirectly"],
])('%s is refused, with its place in the contract', (_, type, message) => {
  const text = compiles.replace('{ Parcel:', `{ Wrong: ${type}; Parcel:`);
  expect(() => checkTypes(text)).toThrow('which is a bug of the generator');
  expect(() => checkTypes(text)).toThrow(message);
  expect(() => checkTypes(text)).toThrow('the types of components > schemas > Wrong would');
});
