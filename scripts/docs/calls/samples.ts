import type { PlacedOperation } from '../operations.ts';
import { readPrograms } from '../programs.ts';
import { curlOf } from './curl.ts';
import { type Call, listCalls } from './list-calls.ts';
import { fetchCallOf, methodCallOf } from './typescript.ts';

/** One way to write a call. */
export interface Sample {
  label: string;
  /** As Markdown and highlighters name it. */
  language: 'sh' | 'ts';
  /** The code for each example of the body, by its name; a single one, without a name, where there are none. */
  code: Map<string, string>;
}

const ways: { label: string; language: Sample['language']; write(call: Call): string }[] = [
  { label: 'curl', language: 'sh', write: curlOf },
  { label: 'openapi-fetch', language: 'ts', write: fetchCallOf },
  { label: 'Methods', language: 'ts', write: methodCallOf },
];

export const sampleLabels = ways.map(({ label, language }) => ({ label, language }));

/** The calls of an operation, in each way to write them; every webhook is received in the same way. */
export function samplesFor(placed: PlacedOperation, document: object): Sample[] {
  if (placed.isWebhook) {
    const receiver = readPrograms().get('receiver.ts') ?? '';
    return [{ label: 'Receiver', language: 'ts', code: new Map([['', receiver]]) }];
  }
  const calls = listCalls(placed, document);
  return ways.map(({ label, language, write }) => ({
    label,
    language,
    code: new Map(calls.map((call) => [call.name, write(call)])),
  }));
}
