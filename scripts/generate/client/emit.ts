import type { Document } from '../../openapi/document.ts';
import type { Files } from '../../output/files.ts';
import type { Warning } from '../warning.ts';
import { emitFetchClient } from './emit-fetch-client.ts';
import { emitMethodClient } from './emit-method-client.ts';
import { emitService } from './emit-service.ts';
import { readOperations, type Skipped } from './operations.ts';

/** The files of both clients of a contract, and the operations without a method. */
export interface EmittedClients {
  files: Files;
  skipped: Skipped[];
  warnings: Warning[];
}

export function emitClients(document: object): EmittedClients {
  const contract = document as Document;
  const operations = readOperations(contract);
  return {
    files: new Map([
      ['client.ts', emitMethodClient(contract, operations)],
      ['fetch-client.ts', emitFetchClient(contract, operations)],
      ['index.ts', INDEX],
      ['service.ts', emitService(contract, operations)],
    ]),
    skipped: operations.all.flatMap(({ method, path, unsupported: reason }) =>
      reason === undefined ? [] : [{ method, path, reason }],
    ),
    warnings: operations.warnings,
  };
}

const INDEX = `export * from './client.ts';
export { createFetchClient, type FetchClient, type OpenApiFetchClient } from './fetch-client.ts';
`;
