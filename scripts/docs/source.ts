import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isIdentifier, reservedWords } from '../generate/identifiers.ts';
import type { Document } from '../openapi/document.ts';
import { type ContractOperation, operationsOf, webhooksOf } from '../openapi/operations.ts';
import { listFiles } from '../output/files.ts';
import type { Schema } from './fields.ts';
import { showProvenance } from './provenance.ts';
import { codeIn } from './read-markdown.ts';

/** A bundled document with everything that the docs show of it. */
export interface Described {
  openapi: string;
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  components: { schemas: Record<string, Schema> };
}

/** What the docs of a contract are built from. */
export interface Source {
  document: Described;
  /** The files of the guide: Markdown by file name, in order. Empty without a guide. */
  guide: ReadonlyMap<string, string>;
  /** The programs of the guide by name: its blocks that have one. Webhooks show `receiver.ts`. */
  programs: ReadonlyMap<string, string>;
  /** An SVG; undefined for that of the docs. */
  logo: string | undefined;
  client: ClientNames;
}

/** How the samples name the client. */
export interface ClientNames {
  /** The module that they import it from. */
  module: string;
  /** The variable of the method client. */
  variable: string;
}

/**
 * @param contract the bundle
 * @param folder of the guide; it need not exist
 */
export function readSource(contract: object, folder: string, client: ClientNames): Source {
  const files = listFiles(folder).filter((name) => /^[^/]+\.md$/.test(name));
  const guide = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8').trim()]));
  const programs = [...guide.values()].flatMap(codeIn).filter(({ name }) => name !== '');
  const logo = join(folder, 'logo.svg');
  return {
    document: complete(showProvenance(contract)),
    guide,
    programs: new Map(programs.map(({ name, text }) => [name, text])),
    logo: existsSync(logo) ? readFileSync(logo, 'utf8').trim() : undefined,
    client,
  };
}

/**
 * The names of the client that gen writes: of the package of the project, if that exports it, or else by its path.
 *
 * @param root folder of the project
 * @param out folder of the client
 * @param contract its name in redocly.yaml
 */
export function clientNames(root: string, out: string, contract = ''): ClientNames {
  const file = join(root, 'package.json');
  const { name, exports } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const index = `${relative(root, out)}/index.`;
  const [variable = ''] = contract.split(/\W/);
  const isUsable = isIdentifier(variable) && !reservedWords.includes(variable);
  return {
    module: JSON.stringify(exports?.['.'] ?? '').includes(index) ? name : `./${index}js`,
    variable: isUsable ? variable : 'client',
  };
}

/** Adds what a contract can leave out: texts as empty ones, names, and a tag for each operation. */
function complete(contract: object): Described {
  const document = contract as Document;
  const { info, servers, tags, components } = document as Partial<Described>;
  const names = new Set(tags?.map(({ name }) => name));
  const fill = (group: string, operations: ContractOperation[]) => {
    for (const { object, method, path } of operations) {
      const { tags: own = [] } = object as { tags?: string[] };
      object.operationId ??= `${method} ${path}`;
      object.summary ??= object.operationId;
      object.description ??= '';
      Object.assign(object, { tags: own.length > 0 ? own : [group] });
      for (const name of own.length > 0 ? own : [group]) names.add(name);
    }
  };
  fill('Operations', operationsOf(document));
  fill('Webhooks', webhooksOf(document));
  const withDescription = <Part extends object>(part: Part) => ({ description: '', ...part });
  return Object.assign(contract as Described, {
    info: { summary: '', ...withDescription(info ?? { title: '', version: '' }) },
    servers: (servers ?? []).map(withDescription),
    tags: Array.from(names, (name) => withDescription(tags?.find((tag) => tag.name === name) ?? { name })),
    components: { schemas: {}, ...components },
  });
}
