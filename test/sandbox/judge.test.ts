import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requests } from '../../generated/requests.ts';
import { compile } from '../../scripts/sandbox/judge.ts';
import { createAjv } from '../contract/ajv.ts';

const schemas = requests.flatMap(({ operationId, parameters, body }) => [
  ...parameters.map(({ name, schema }) => ({ name: `${operationId} ${name}`, schema })),
  ...(body ? [{ name: `${operationId} body`, schema: body.schema }] : []),
]);
