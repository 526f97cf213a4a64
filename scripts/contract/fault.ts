import type { NormalizedProblem } from '@redocly/openapi-core';
import type { Finding } from '../cli/finding.ts';

/**
 * What is wrong with the structure of a contract. The linter says it in a sentence; the sentence is read here, once, and
 * everything else decides by the code.
 */
export type Fault =
  /** Keys that do not belong there; `missing` is the field that a misspelled key stands for. */
  | { code: 'unexpected'; keys: string[]; missing?: string }
  | { code: 'missing'; field: string }
  | { code: 'none-of'; fields: string[] }
  | { code: 'not-allowed'; field: string }
  /** `form` for a part of the contract, such as a list of schemas; without one, for a plain value. */
  | { code: 'type'; type: string; form: string | undefined; got: string }
  | { code: 'value'; field: string; values: string[] }
  /** A key that is empty, as what belongs to it has too little indentation. */
  | { code: 'outdented'; key: string; beside: string[] }
  /** A field of an example that its schema does not have. */
  | { code: 'undescribed'; field: string }
  /** A field that a schema requires and does not have. */
  | { code: 'undefined'; field: string }
  /** A file that is not valid YAML or JSON. */
  | { code: 'syntax'; reason: string }
  /** The target of a reference: it does not exist, or its file is not valid YAML or JSON. */
  | { code: 'no-target' | 'unread-target' };

/** A problem of the linter, with what it means for the structure. */
export interface Problem extends NormalizedProblem {
  fault?: Fault | undefined;
}

/** A finding in a contract, with what it means for the structure. */
export interface ContractFinding extends Finding {
  fault?: Fault | undefined;
}

const sentences: [pattern: RegExp, read: (first: string, second: string, third: string) => Fault][] = [
  [/^Property `([^`]*)` is not expected here\.$/, (key) => ({ code: 'unexpected', keys: [key] })],
  [/^The field `([^`]*)` must be present on this level\.$/, (field) => ({ code: 'missing', field })],
  [
    /^Must contain at least one of the following fields: ([^.]*)\.$/,
    (fields) => ({ code: 'none-of', fields: fields.split(', ') }),
  ],
  [/^The field `([^`]*)` is not allowed here\.$/, (field) => ({ code: 'not-allowed', field })],
  [
    /^Expected type `([^`]*)`(?: \((array|object)\))? but got `([^`]*)`\.?$/,
    (type, form, got) => ({ code: 'type', type, form: form || undefined, got }),
  ],
  [
    /^`([^`]*)` (?:can be one of the following only: (.*)|".*" is not a valid value\.)/,
    (field, values) => ({ code: 'value', field, values: values.match(/(?<=")[^",]+(?=")/g) ?? [] }),
  ],
  [/ unevaluated properties `([^`]*)`/, (field) => ({ code: 'undescribed', field })],
  [/^Required property '([^']*)' is not defined\.$/, (field) => ({ code: 'undefined', field })],
  [/^Failed to parse: ([\s\S]*)$/, (reason) => ({ code: 'syntax', reason })],
  [/^Can't resolve \$ref$/, () => ({ code: 'no-target' })],
  [/^Can't resolve \$ref: [\s\S]* \(\d+:\d+\)$/, () => ({ code: 'unread-target' })],
];

/** Reads the sentence of the linter; undefined for one that is not about the structure. */
export function readFault(message: string): Fault | undefined {
  for (const [pattern, read] of sentences) {
    const [found, first = '', second = '', third = ''] = pattern.exec(message) ?? [];
    if (found !== undefined) return read(first, second, third);
  }
  return undefined;
}
