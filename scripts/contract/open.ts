import { type Document, detectSpec, ResolveError, YamlParseError } from '@redocly/openapi-core';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import type { RuleSet } from './rule-set.ts';
import { SourceFiles } from './source-files.ts';
import { parseErrorToFinding } from './to-finding.ts';

/** A contract whose first file has been read. The others are read when a `$ref` to them is resolved. */
export interface OpenContract extends RuleSet {
  document: Document;
  /** Reads and parses each file once, for all passes over the contract. */
  resolver: SourceFiles;
}

/**
 * Reads the first file of a contract.
 *
 * @param file absolute path, or an address
 * @param allowRemote whether a `$ref` may lead to another server, or out of the folder of this file
 * @throws {Failure} if the file does not exist, cannot be parsed, or is not an OpenAPI 3 document
 */
export async function openContract(file: string, rules: RuleSet, allowRemote = false): Promise<OpenContract> {
  const resolver = new SourceFiles(rules.config, file, allowRemote);
  const document = await read(resolver, file);
  refuseOtherFormats(document.parsed, displayPath(file));
  return { ...rules, document, resolver };
}

async function read(resolver: SourceFiles, file: string): Promise<Document> {
  try {
    // It throws its errors, although its type says that it returns them.
    return (await resolver.resolveDocument(null, file, true)) as Document;
  } catch (error) {
    if (error instanceof YamlParseError) {
      throw new Failure(`${displayPath(file)} could not be read.`, {
        findings: [parseErrorToFinding(error)],
      });
    }
    if (error instanceof ResolveError)
      throw new Failure(describeReadError(error.originalError, displayPath(file)));
    throw error;
  }
}

function describeReadError({ code, message }: NodeJS.ErrnoException, file: string): string {
  if (code !== undefined) return `${file} could not be read: ${message}`;
  if (message.startsWith('there is no file'))
    return `There is no file ${file}. Check the path: it is relative to the working directory.`;
  if (message.endsWith('is a folder.'))
    return `${message} Name the first file of the contract, such as ${file}/openapi.yaml.`;
  return message;
}

function refuseOtherFormats(parsed: unknown, file: string): void {
  if (parsed === undefined || parsed === null) {
    throw new Failure(`${file} is empty. An OpenAPI document starts with the line "openapi: 3.1.1".`);
  }
  const { openapi, swagger } = Object(parsed) as { openapi?: unknown; swagger?: unknown };
  if (swagger !== undefined) {
    throw new Failure(
      `${file} is Swagger ${swagger}. Convert it to OpenAPI 3.0 or 3.1 first: https://converter.swagger.io`,
    );
  }
  if (openapi === undefined) {
    throw new Failure(
      `${file} is not an OpenAPI document: it has no "openapi" field. Its first line should be "openapi: 3.1.1".`,
    );
  }
  if (typeof openapi !== 'string' || !['oas3_0', 'oas3_1', 'oas3_2'].includes(specVersion(parsed))) {
    throw new Failure(
      `${file} says "openapi: ${openapi}". Only OpenAPI 3.0, 3.1 and 3.2 are supported; quote the number, as in "3.1.1".`,
    );
  }
}

function specVersion(parsed: unknown): string {
  try {
    return detectSpec(parsed);
  } catch {
    return 'unknown';
  }
}
