import { escapePointer, type Json, resolve } from './contract.ts';

/** An example, where it stands, and the pointer of the schema that it must fit. */
export interface ExampleCase {
  place: string;
  schema: string;
  value: unknown;
}

/** Keys whose value is data, not a part of the contract. */
const DATA = new Set(['example', 'examples', 'value', 'default', 'const', 'enum', 'required']);

/** Every example of the contract: of requests, responses, parameters, headers, webhooks and schemas. */
export function findExamples(contract: Json): ExampleCase[] {
  const cases: ExampleCase[] = [];
  visit(contract, '#', (node, pointer) => {
    if (node.schema) {
      const schema = `${pointer}/schema`;
      if ('example' in node) cases.push({ place: `${pointer}/example`, schema, value: node.example });
      for (const [name, example] of Object.entries<Json>(node.examples ?? {})) {
        cases.push({ place: `${pointer}/examples/${name}`, schema, value: resolve(contract, example).value });
      }
    } else if (Array.isArray(node.examples)) {
      for (const [index, value] of node.examples.entries()) {
        cases.push({ place: `${pointer}/examples/${index}`, schema: pointer, value });
      }
    }
  });
  return cases;
}

function visit(node: Json, pointer: string, see: (node: Json, pointer: string) => void): void {
  if (typeof node !== 'object' || node === null) return;
  see(node, pointer);
  const isNameMap = pointer.endsWith('/properties');
  for (const [key, child] of Object.entries<Json>(node)) {
    if (!isNameMap && (DATA.has(key) || key.startsWith('x-'))) continue;
    visit(child, `${pointer}/${escapePointer(key)}`, see);
  }
}
