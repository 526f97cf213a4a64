import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What stands where a person must write. The rule `contract/no-holes` finds each. */
export const hole = 'TODO';

/** Files of the contract that are about to be written: all of them, or none. */
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

  /** Writes a file that other parts of the contract may have already: then that one stays. */
  offer(path: string, text: string): void {
    if (!this.has(path)) this.write(path, text);
  }

  /** @returns the paths of what was written, from the folder of the contract, with the number of holes in each */
  save(): { path: string; holes: number }[] {
    return Array.from(this.#files, ([path, text]) => {
      const file = join(this.#spec, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return { path, holes: text.split(hole).length - 1 };
    });
  }
}
