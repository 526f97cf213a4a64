/** The files that `init` writes. */

export const contract = `openapi: 3.1.1
info:
  title: Notes
  version: 0.1.0
  description: A small contract to start from. Replace it with your own.
  license: { name: MIT, identifier: MIT }
servers:
  - url: https://notes.example.org/v1
tags:
  - name: Notes
    description: Short texts.
security:
  - ApiKey: []
paths:
  /notes:
    get:
      operationId: listNotes
      summary: List notes
      tags: [Notes]
      responses:
        '200':
          description: All notes.
          content:
            application/json:
              schema:
                type: array
                items: { $ref: '#/components/schemas/Note' }
              examples:
                one:
                  summary: There is one note
                  value: [{ id: 6d0f7f4e-3c1b-4c0e-9d57-0a4c2b1f8e63, text: Water the plants. }]
        '401': { $ref: '#/components/responses/Unauthorized' }
    post:
      operationId: createNote
      summary: Create a note
      tags: [Notes]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/NewNote' }
            examples:
              plants:
                summary: A reminder
                value: { text: Water the plants. }
      responses:
        '201':
          description: The note that was created.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Note' }
              examples:
                plants: { $ref: '#/components/examples/Note' }
        '401': { $ref: '#/components/responses/Unauthorized' }
  /notes/{note_id}:
    get:
      operationId: getNote
      summary: Get a note
      tags: [Notes]
      parameters:
        - name: note_id
          in: path
          description: The id of the note.
          required: true
          schema: { type: string, format: uuid }
          example: 6d0f7f4e-3c1b-4c0e-9d57-0a4c2b1f8e63
      responses:
        '200':
          description: The note.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Note' }
              examples:
                plants: { $ref: '#/components/examples/Note' }
        '401': { $ref: '#/components/responses/Unauthorized' }
        '404':
          description: There is no such note.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Problem' }
              examples:
                unknown:
                  summary: The id is of no note
                  value: { detail: There is no such note. }
components:
  securitySchemes:
    ApiKey: { type: apiKey, in: header, name: X-Api-Key }
  schemas:
    Note:
      type: object
      required: [id, text]
      properties:
        id: { type: string, format: uuid }
        text: { type: string, maxLength: 1000 }
    NewNote:
      type: object
      required: [text]
      properties:
        text: { type: string, maxLength: 1000 }
    Problem:
      type: object
      required: [detail]
      properties:
        detail: { type: string }
  responses:
    Unauthorized:
      description: The API key is missing or wrong.
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Problem' }
          examples:
            no-key:
              summary: Without a key
              value: { detail: Unauthorized. }
  examples:
    Note:
      summary: A reminder
      value: { id: 6d0f7f4e-3c1b-4c0e-9d57-0a4c2b1f8e63, text: Water the plants. }
`;

/**
 * @param preset a set of rules of Redocly
 * @param root path of the first file of the contract
 */
export function settings(name: string, root: string, preset: string): string {
  return `# yaml-language-server: $schema=node_modules/openapi-once/x-client.schema.json
# Redocly's configuration: https://redocly.com/docs/cli/configuration
extends: [${preset}]
apis:
  ${name}:
    root: ${root}
    x-client:
      output: client
`;
}

/**
 * @param name of the contract; undefined if it is the only one
 * @param client path of the output folder, from the folder of the test
 */
export function roundTripTest(name: string | undefined, client: string): string {
  return `// Calls every operation through the generated client and Prism, once for each response and example of the contract.
import { openRoundTrips } from 'openapi-once';
import { afterAll, expect, test } from 'vitest';
import { createFetchClient } from '${client}/index.ts';

const { options, trips, close } = await openRoundTrips(${name === undefined ? '' : `'${name}'`});
afterAll(close);

const { request } = createFetchClient(options as object) as unknown as {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ data?: unknown; error?: unknown; response: Response }>;
};

test.for(trips)('$title', async ({ method, path, init, status, body, isStated }, { skip }) => {
  const { data, error, response } = await request(method, path, init);
  const violations = response.headers.get('sl-violations');
  const isAccepted = violations === null && response.status === status;
  skip(!isAccepted && !isStated, 'The contract has no example of a parameter, a header or a body.');
  expect(violations).toBeNull();
  expect(response.status).toBe(status);
  if (body !== undefined) expect(data ?? error).toEqual(body);
});
`;
}

export const workflow = `name: CI
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npm run lint
      - run: npm run gen -- --check
      - run: npm test
`;
