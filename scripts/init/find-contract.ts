import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** Bytes. No first file of a contract that a person writes is larger. */
const largest = 5_000_000;

/** The paths of the OpenAPI 3 documents in a folder and in its subfolders of the first level, relative to it. */
export function findContracts(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const below = entries
    .filter((entry) => entry.isDirectory() && !/^\.|^(?:node_modules|dist)$/.test(entry.name))
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`));
  return [...entries.filter((entry) => entry.isFile()).map(({ name }) => name), ...below]
    .filter((path) => /\.(?:ya?ml|json)$/.test(path) && isContract(join(folder, path)))
    .sort();
}

function isContract(file: string): boolean {
  const stats = statSync(file);
  if (!stats.isFile() || stats.size > largest) return false;
  return /^[ \t{]*["']?openapi["']?\s*:\s*["']?3\.|[{,]\s*"openapi"\s*:\s*"3\./m.test(
    readFileSync(file, 'utf8'),
  );
}

/** A name for a contract, from its title: `train-travel-api`. */
export function nameFor(text: string): string {
  const title = String(Object(Object(load(text)).info).title ?? '');
  const words = title
    .normalize('NFD')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? 'api';
}
