import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Document, parseDocument, type ToStringOptions } from 'yaml';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';

/** The placeholder for text that a person must write. The rule `contract/no-todo` finds each. */
export const todo = 'TODO';

/** Files of the contract to write: all of them, or none. */
export class Draft {
  /** The name of the first file of the contract. */
  readonly contract: string;
  readonly #spec: string;
  readonly #files = new Map<string, string>();

  /** @param file the first file of the contract; every other path is relative to its folder */
  constructor(file: string) {
    this.contract = basename(file);
    this.#spec = dirname(file);
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

  /**
   * Changes YAML, and keeps its comments. Its indentation stays as well, if it is the same in the whole file.
   *
   * @throws {Failure} if it cannot be read
   */
  edit(path: string, change: (document: Document) => void): void {
    const text = this.read(path);
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error) {
      const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
      throw new Failure(
        `${displayPath(join(this.#spec, path))}:${line}:${col} cannot be edited: ${error.message.split(' at line ')[0]}. Fix that first: nothing was written.`,
      );
    }
    const style = styles.find((each) => document.toString(each) === text) ?? styles[0];
    change(document);
    this.write(path, document.toString(style));
  }

  /** @returns the paths of the written files, relative to the contract, with the number of TODOs in each */
  save(): { path: string; todos: number }[] {
    return Array.from(this.#files, ([path, text]) => {
      const file = join(this.#spec, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return { path, todos: text.split(todo).length - 1 };
    });
  }
}

/** The ways in which YAML is indented and padded. */
const styles: ToStringOptions[] = [2, 4].flatMap((indent) =>
  [true, false].flatMap((indentSeq) =>
    [false, true].map((flowCollectionPadding) => ({
      lineWidth: 0,
      indent,
      indentSeq,
      flowCollectionPadding,
    })),
  ),
);
