import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { projectRoot } from '../cli/project.ts';
import { operationsIn } from './operations.ts';

/** Code that shows a call or, for a webhook, its receiver. The tests run each of them against the mock. */
export interface Sample {
  /** Name of its file. */
  file: string;
  /** As Redoc and Markdown name it. */
  language: 'shell' | 'ts';
  text: string;
}

export const samplesFolder = join(projectRoot, 'scripts/docs/samples');

const languages: Record<string, Sample['language']> = { '.sh': 'shell', '.ts': 'ts' };
const labels = { shell: 'curl', ts: 'TypeScript' };

/** Every sample by the name of its file. */
export function readSamples(): Map<string, Sample> {
  return new Map(
    readdirSync(samplesFolder).map((file) => {
      const language = languages[extname(file)];
      if (language === undefined)
        throw new Error(`The sample ${file} is neither curl (.sh) nor TypeScript (.ts).`);
      return [file, { file, language, text: readFileSync(join(samplesFolder, file), 'utf8').trimEnd() }];
    }),
  );
}

/** The samples of an operation are the files with its name; every webhook is received in the same way. */
export function samplesFor(operationId: string, isWebhook: boolean, samples: Map<string, Sample>): Sample[] {
  const files = isWebhook ? ['receiver.ts'] : [`${operationId}.sh`, `${operationId}.ts`];
  return files.flatMap((file) => samples.get(file) ?? []);
}

/** A copy of the document in which each operation and webhook shows its samples, where Redoc looks for them. */
export function addSamples<Document extends object>(document: Document): Document {
  const copy = structuredClone(document);
  const samples = readSamples();
  for (const { operation, isWebhook } of operationsIn(copy)) {
    Object.assign(operation, {
      'x-codeSamples': samplesFor(operation.operationId, isWebhook, samples).map(({ language, text }) => ({
        lang: language,
        label: labels[language],
        source: text,
      })),
    });
  }
  return copy;
}
