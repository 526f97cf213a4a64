import { isLoopback } from '../runtime/settings.ts';
import type { Result } from './compare-response.ts';
import type { UncertainFact } from './facts.ts';
import type { Target } from './target.ts';
import type { Verification } from './verify.ts';

/** The result of a verification as text. Contains names, and no values except those of open enums. */
export function formatReport(outcome: Verification, target: Target): string {
  // Services echo requests, and people share reports.
  const text = lines(outcome, target).join('');
  return [...target.keys.values()].reduce((shown, key) => shown.replaceAll(key, '[API key]'), text);
}

/** Whether the service violates the contract. */
export function hasDrift({ results }: Verification): boolean {
  return results.some(({ drift }) => drift.length > 0);
}

function lines({ results, skipped, leftovers, facts }: Verification, { server, write }: Target): string[] {
  const doubtful = facts.filter(({ refutations }) => refutations.size > 0);
  const confirmed = facts.filter(({ observed, refutations }) => observed && refutations.size === 0);
  const unobserved = facts.filter(({ observed, refutations }) => !observed && refutations.size === 0);
  const drift = results.flatMap((result) => result.drift).length;
  const fresh = results.flatMap((result) => result.fresh).length;
  return [
    `${server} compared with the contract${write ? '' : ', read-only'}\n\n`,
    ...results.map(formatResult),
    section(
      'Not tried',
      Array.from(skipped, ([operation, reason]) => `${operation} ${reason}.`),
    ),
    section('Left behind', leftovers),
    section('Refuted by this server', doubtful.map(formatRefuted)),
    section('Confirmed by this server', confirmed.map(formatConfirmed)),
    // What a request must have is among them: no response shows it.
    section(
      'Neither confirmed nor refuted',
      unobserved.map(({ name }) => name),
    ),
    isLoopback(new URL(server).hostname)
      ? '\nThis server is on your machine. A mock or a sandbox shows what the contract says, not what the service does.\n'
      : '',
    `\n${drift === 0 ? 'No drift' : `Drift: ${drift}`}, ${fresh === 0 ? 'nothing new' : `new: ${fresh}`}.`,
  ];
}

function formatResult(result: Result): string {
  const { operation, refusal, status, drift, fresh, open, conclusive } = result;
  const lines = [
    `${verdictOn(result).padEnd(8)}${operation}${refusal ? ` with ${refusal.because}` : ''}: ${status}`,
    ...drift.map((clause) => `  drift: ${clause}.`),
    ...fresh.map((clause) => `  new: ${clause}.`),
    ...open.map((clause) => `  left open by the contract: ${clause}.`),
  ];
  if (drift.length === 0 && !conclusive)
    lines.push('  The response is documented, but not the expected one.');
  return `${lines.join('\n')}\n`;
}

function verdictOn({ drift, fresh, conclusive }: Result): 'drift' | 'new' | 'ok' | 'unclear' {
  if (drift.length > 0) return 'drift';
  if (fresh.length > 0) return 'new';
  return conclusive ? 'ok' : 'unclear';
}

function formatRefuted({ name, certainty, refutations }: UncertainFact): string {
  return `${name} (${certainty}): ${[...refutations].join('; ')}.`;
}

function formatConfirmed({ name, certainty, fields }: UncertainFact): string {
  const missing = [...fields].filter(([, present]) => !present).map(([field]) => field);
  return `${name} (${certainty})${missing.length > 0 ? `, except for fields that were not sent: ${missing.join(', ')}` : ''}`;
}

function section(title: string, lines: string[]): string {
  return lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
