import { validate } from '@hyperjump/json-schema/openapi-3-1';
import { expect, test } from 'vitest';
import { loadContract } from './contract.ts';

const META_SCHEMA = 'https://spec.openapis.org/oas/3.1/schema-draft-2020-12';

test('the contract fits the official schema of OpenAPI 3.1, its schemas included', async () => {
  expect(await validate(META_SCHEMA, await loadContract(), 'BASIC')).toEqual({ valid: true });
});

test('the official schema does refuse a broken contract', async () => {
  const contract = await loadContract();
  contract.components.schemas.Invitation.type = 'thing';
  expect((await validate(META_SCHEMA, contract)).valid).toBe(false);
});
