import { expect, test } from 'vitest';
import { emitClients } from '../../scripts/generate/client/emit.ts';

test.each(['digest', 'hoba', 'mutual', 'negotiate', 'scram-sha-256', 'Digest'])(
  'the scheme %s responds to a challenge, so that no key can be sent for it',
  (scheme) => {
    const responses = { 204: { description: 'Nothing.' } };
    const { skipped } = emitClients({
      openapi: '3.1.1',
      info: { title: 'Challenges', version: '1' },
      components: { securitySchemes: { Challenge: { type: 'http', scheme } } },
      paths: { '/a': { get: { operationId: 'readA', security: [{ Challenge: [] }], responses } } },
    });
    expect(skipped.map(({ reason }) => reason)).toEqual([expect.stringContaining('Challenge')]);
  },
);
