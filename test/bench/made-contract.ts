import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a contract of any number of operations, each with a path, two schemas and an example in files of their own: no
 * real contract grows evenly.
 *
 * @returns its first file
 */
export function makeContract(folder: string, operations: number): string {
  const paths: Record<string, object> = {};
  const write = (name: string, content: object) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(content, null, 2));
  };
  for (let index = 0; index < operations; index++) {
    paths[`/resources-${index}/{id}`] = { $ref: `./paths/resource-${index}.yaml` };
    write(`paths/resource-${index}.yaml`, pathItem(index));
    write(`schemas/Resource${index}.yaml`, resource(index));
    write(`schemas/Owner${index}.yaml`, owner(index));
    write(`examples/Resource${index}.yaml`, example(index));
  }
  write('openapi.yaml', {
    openapi: '3.1.1',
    info: { title: `A contract of ${operations} operations`, version: '1.0.0' },
    servers: [{ url: 'https://api.example.com' }],
    security: [{ key: [] }],
    paths,
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-KEY' } } },
  });
  return join(folder, 'openapi.yaml');
}

function pathItem(index: number): object {
  const json = { schema: { $ref: `../schemas/Resource${index}.yaml` } };
  return {
    put: {
      operationId: `updateResource${index}`,
      summary: `Update resource ${index}`,
      description: 'Replaces the resource as a whole. What is left out is lost.',
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } },
        { name: 'sort', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
      ],
      requestBody: { required: true, content: { 'application/json': json } },
      responses: {
        200: {
          description: 'The resource as it is now.',
          content: {
            'application/json': {
              ...json,
              examples: { one: { $ref: `../examples/Resource${index}.yaml` } },
            },
          },
        },
        404: {
          description: 'There is no such resource.',
          content: {
            'application/json': { schema: { type: 'object', properties: { detail: { type: 'string' } } } },
          },
        },
      },
    },
  };
}

function resource(index: number): object {
  const text = { type: 'string', description: 'As the user has written it.', maxLength: 200 };
  const fields = Array.from({ length: 8 }, (_, field) => [`field${field}`, text]);
  return {
    type: 'object',
    description: `Resource ${index}.`,
    required: ['id', 'state', 'owner'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      state: { type: 'string', enum: ['NEW', 'ACTIVE', 'CLOSED'] },
      owner: { $ref: `./Owner${index}.yaml` },
      count: { type: ['integer', 'null'] },
      ...Object.fromEntries(fields),
    },
  };
}

function owner(index: number): object {
  return {
    type: 'object',
    description: `Whom resource ${index} belongs to.`,
    properties: {
      name: { type: 'string' },
      addresses: { type: 'array', items: { type: 'object', properties: { city: { type: 'string' } } } },
    },
  };
}

function example(index: number): object {
  return {
    summary: `Resource ${index}`,
    value: {
      id: '3f2b8c1e-7a4d-4e55-9b60-1c2d3e4f5a6b',
      state: 'ACTIVE',
      owner: { name: 'Ada', addresses: [{ city: 'Berlin' }] },
      count: index,
      field0: 'A text of some length, as a user would write it.',
    },
  };
}
