import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import {
  BaseResolver,
  type Config,
  type Document,
  ResolveError,
  Source,
  YamlParseError,
} from '@redocly/openapi-core';
import { isUrl } from '../cli/apis.ts';
import { displayPath } from '../cli/display-path.ts';
import { expandsBeyond, parseJson } from './parse-limits.ts';
import { readYaml } from './parse-yaml.ts';
import { resolveSchemaIds } from './schema-ids.ts';

/** The maximum size of a file, in bytes. GitHub's contract has 13 MB. */
const largestFile = 64_000_000;

/** The timeout for fetching one document, in milliseconds. */
const fetchTimeout = 20_000;

const elsewhere = 'Only --allow-remote lets a $ref lead there.';

/** The advice for a `$ref` whose target is not allowed; undefined for any other finding. */
export function adviceForRefusal(message: string): string | undefined {
  if (!message.endsWith(elsewhere)) return undefined;
  return 'Copy it into the folder of the contract, or run again with that flag if you trust what stands there.';
}

/**
 * Reads and parses the files of a contract, each once. A contract can come from anyone, so a `$ref` must not read
 * outside the folder of the first file or from a server, unless that is allowed.
 */
export class SourceFiles extends BaseResolver {
  readonly #folder: string;
  readonly #allowRemote: boolean;
  /** What was read, by absolute path or address, the first file first. */
  readonly sources = new Map<string, Source>();
  /** For each file that is read in spite of its syntax, its first fault, and the number of all. */
  readonly tolerated: { error: YamlParseError; count: number }[] = [];
  /** The documents that the bundler applies as overlays, which are created at their turn. */
  readonly overlays = new Map<string, () => Document>();

  /** @param first absolute path of the first file, or its address */
  constructor({ resolve }: Config, first: string, allowRemote: boolean) {
    super({ http: { ...resolve.http, customFetch: fetchInTime } });
    this.#folder = dirname(realPath(first));
    this.#allowRemote = allowRemote;
  }

  /** A `$ref` is a URI: `%20` means a space, unless a file name contains `%20` itself. */
  override resolveExternalRef(base: string | null, ref: string): string {
    const asWritten = super.resolveExternalRef(base, ref);
    if (!ref.includes('%') || isUrl(asWritten) || existsSync(asWritten)) return asWritten;
    return super.resolveExternalRef(base, decodePath(ref));
  }

  override async resolveDocument<Parsed>(base: string | null, ref: string, isRoot = false) {
    const overlay = this.overlays.get(ref)?.();
    return (overlay as Document<Parsed>) ?? (await super.resolveDocument<Parsed>(base, ref, isRoot));
  }

  override async loadExternalRef(absoluteRef: string): Promise<Source> {
    if (isUrl(absoluteRef)) {
      if (!this.#allowRemote) throw refusal(`${absoluteRef} is on a server. ${elsewhere}`);
      return super.loadExternalRef(absoluteRef);
    }
    if (!this.#allowRemote && !isWithin(this.#folder, realPath(absoluteRef)))
      throw refusal(`${displayPath(absoluteRef)} lies outside the folder of the contract. ${elsewhere}`);
    return new Source(absoluteRef, readText(absoluteRef));
  }

  override parseDocument(source: Source, isRoot = false): Document {
    this.sources.set(source.absoluteRef, source);
    const parsed = parseJson(source.body);
    const document = parsed === undefined ? this.#parseYaml(source, isRoot) : { source, parsed };
    if (expandsBeyond(document.parsed))
      throw refusal(
        `the aliases (* and &) in ${displayPath(source.absoluteRef)} stand for more values than any contract has. Write them out.`,
      );
    if (source.body.includes('$id')) resolveSchemaIds(document.parsed);
    return document;
  }

  #parseYaml(source: Source, isRoot: boolean): Document {
    try {
      return super.parseDocument(source, isRoot);
    } catch (error) {
      try {
        const { value, tolerated } = readYaml(source.body);
        this.tolerated.push({ error: error as YamlParseError, count: tolerated.length });
        return { source, parsed: value };
      } catch (fault) {
        throw new YamlParseError(fault as Error, source);
      }
    }
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** @throws {ResolveError} that says why */
export function readText(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) throw refusal(`there is no file ${displayPath(file)}.`);
  if (stats.isDirectory()) throw refusal(`${displayPath(file)} is a folder.`);
  // A pipe or a device may never end.
  if (!stats.isFile()) throw refusal(`${displayPath(file)} is not a regular file.`);
  if (stats.size > largestFile)
    throw refusal(
      `${displayPath(file)} has ${Math.ceil(stats.size / 1e6)} MB, and ${largestFile / 1e6} MB are the maximum.`,
    );
  try {
    return utf8.decode(readFileSync(file)).replaceAll('\r\n', '\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw refusal(`${displayPath(file)} is not UTF-8. Save it in that encoding.`);
    throw new ResolveError(error as Error);
  }
}

/** Removes a byte order mark. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function refusal(reason: string): ResolveError {
  return new ResolveError(new Error(reason));
}

/** The real path of a file: a symbolic link can lead anywhere. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return !isAbsolute(path) && !path.split(sep).includes('..');
}

function fetchInTime(url: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(fetchTimeout) });
}
