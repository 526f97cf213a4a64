import { fileURLToPath } from 'node:url';
import { lint } from '@redocly/openapi-core';
import { expect, test, vi } from 'vitest';
import { runTool } from '../../scripts/cli/run-tool.ts';
import { startMock } from '../../scripts/mock/start.ts';
import { loadRules, specFile } from './contract.ts';

const workflow = fileURLToPath(new URL('../../spec/workflows/reconnect.arazzo.yaml', import.meta.url));

test('the workflow has no finding', async () => {
  const problems = await lint({ ref: workflow, config: await loadRules() });
  expect(problems.map(({ ruleId, message }) => [ruleId, message])).toEqual([]);
});

test('the workflow finds, invites, reads and revokes, on a mock of the unbundled contract', async () => {
  vi.stubEnv('REDOCLY_TELEMETRY', 'off');
  vi.stubEnv('REDOCLY_SUPPRESS_UPDATE_NOTICE', 'true');
  const requests: string[] = [];
  const mock = await startMock({
    port: 0,
    document: specFile,
    onExchange: ({ method, path, status }) => requests.push(`${method} ${path} ${status}`),
  });
  try {
    const server = ['--server', `nectar=${mock.url}`, '--input', 'apiKey=any-key'];
    const { passed, output } = await runTool('@redocly/cli/bin/cli.js', ['respect', workflow, ...server]);
    expect(output).toContain('4 passed, 4 total');
    expect(passed).toBe(true);
  } finally {
    await mock.close();
  }
  expect(requests).toEqual([
    'GET /connection/company/c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915?status=PASSWORD_INCORRECT 200',
    'POST /invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36 201',
    'GET /invitation/e5b8d1a4-6c2f-4f97-a0d3-91c47e2b5f68 200',
    'POST /invitation/e5b8d1a4-6c2f-4f97-a0d3-91c47e2b5f68/revoke 200',
  ]);
});
