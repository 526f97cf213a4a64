import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The placeholder for text that a person must write. The rule `contract/no-holes` finds each. */
export const hole = 'TODO';

/** Files of the contract to write: all of them, or none. */
export class Draft {
  readonly #spec: string;
  readonly #files = new Map<string, string>();

  /** @param spec the folder of the contract */
  constructor(spec: string) {
    this.#spec = spec;
  }

  has(path: string): boolean {
    return this.#files.has(path) || existsSync(join(this.#spec, path));
  }

  read(path: string): string {
    return this.#files.get(path) ?? readFileSync(join(this.#spec, path), 'utf8');
  }

  write(path: string, text: string): void {
    this.#files.set(path, text);
  }

  /** Adds a file unless the contract already has it. */
  offer(path: string, text: string): void {
    if (!this.has(path)) this.write(path, text);
  }

  /** @returns the paths of the written files, relative to the contract, with the number of TODOs in each */
  save(): { path: string; holes: number }[] {
    return Array.from(this.#files, ([path, text]) => {
      const file = join(this.#spec, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return { path, holes: text.split(hole).length - 1 };
    });
  }
}
