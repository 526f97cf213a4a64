import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json } from './contract.ts';

/** Checks a value against the schema at a pointer of the contract, and returns what is wrong with it. */
export function schemaChecker(contract: Json): (pointer: string, value: unknown) => string[] {
  // Not strict: the root of a contract and its x- keys are not keywords of JSON Schema.
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(contract, 'contract');
  return (pointer, value) => {
    const validate = ajv.getSchema(`contract${pointer}`);
    if (!validate) throw new Error(`The contract has no schema at ${pointer}.`);
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  };
}
