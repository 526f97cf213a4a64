import { annotation } from './annotation.ts';
import { displayPath } from './display-path.ts';
import type { Finding, Place } from './finding.ts';
import { wrongCall } from './flags.ts';

const formats = { json: toJson, github: toAnnotations };

/** How a program reads findings: as JSON, or as annotations of GitHub. */
export type MachineFormat = keyof typeof formats;

/** The flag `--format` of commands that print findings. */
export const formatFlag = {
  value: 'FORMAT',
  about: 'how to print findings: text (default), json, or github for annotations',
} as const;

/** @throws {Failure} exit code 2, for a format that does not exist */
export function readFormat(format: string = 'text'): MachineFormat | undefined {
  if (format === 'text') return undefined;
  if (Object.hasOwn(formats, format)) return format as MachineFormat;
  throw wrongCall(`--format takes text, ${Object.keys(formats).join(' or ')}, but got "${format}".`);
}

/** @param message what happened, for findings that are a failure */
export function formatForMachines(
  format: MachineFormat,
  findings: readonly Finding[],
  message?: string,
): string {
  return formats[format](findings, message);
}

function toJson(findings: readonly Finding[], message?: string): string {
  return JSON.stringify({ message, findings: findingsToJson(findings) }, null, 2);
}

/** Findings as data: the paths relative to the working directory, without the code. */
export function findingsToJson(findings: readonly Finding[]): object[] {
  const place = <Somewhere extends Place>({ file, ...rest }: Somewhere) => ({
    file: displayPath(file),
    ...rest,
  });
  return findings.map(({ frame: _, others, ...finding }) => ({
    ...place(finding),
    others: others.map((each) => place(each)),
  }));
}

function toAnnotations(findings: readonly Finding[], message?: string): string {
  const lines = findings.flatMap(({ others, severity, rule, message: text, advice, ...first }) =>
    [first, ...others].map(({ file, line, column }) =>
      annotation(severity, { file: displayPath(file), line, column }, `${text}\n${advice}`, rule),
    ),
  );
  if (message && lines.length === 0) lines.push(annotation('error', null, message, 'failed'));
  return lines.join('\n');
}
