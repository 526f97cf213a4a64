import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { nectarSteps } from '../../scripts/nectar/verify-steps.ts';
import { formatReport, hasDrift } from '../../scripts/verify/report.ts';
import { verify } from '../../scripts/verify/verify.ts';
import { apiKey, ids, type Mutation, type Service, startService } from './service.ts';

/** The bundled contract. */
export const document = fileURLToPath(new URL('../../generated/openapi.yaml', import.meta.url));

/** A request of the story, and the one that creates an invitation. */
export const details = `GET /connection/${ids.connection}/details`;
export const creation = `POST /invitation/connection/${ids.connection}`;

export async function verifyService(
  service: Service,
  options: { ids?: Partial<typeof ids>; write?: boolean } = {},
) {
  const { ids: known = { company: ids.company }, write = false } = options;
  const parameters = new Map(Object.entries(known).map(([name, id]) => [`${name}_id`, id]));
  const keys = new Map([['ApiKey', apiKey]]);
  const target = { document, server: service.url, keys, parameters, write };
  const outcome = await verify(target, nectarSteps);
  const report = formatReport(outcome, target);
  expect(report).not.toContain(apiKey);
  return { report, drift: hasDrift(outcome) };
}

export async function verifyMutated(mockUrl: string, mutate: Mutation, write = false) {
  await using service = await startService(mockUrl, mutate);
  return await verifyService(service, { ids, write });
}

/** The lines of a section of a report. */
export function section(report: string, title: string): string[] {
  const [, text = ''] = report.split(`\n${title}\n`);
  return (text.split('\n\n')[0] ?? '').split('\n').map((line) => line.trim());
}
