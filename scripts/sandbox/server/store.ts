import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../cli/failure.ts';
import type { Change, Journal } from '../world.ts';

/** "NECT", in the header of the file, where SQLite stores the application of a file. */
const applicationId = 0x4e454354;

/**
 * A journal in an SQLite file, which is created if it is missing. Changes are durable when `save` returns, also after a
 * crash of the machine: write-ahead log, synchronized with each transaction. All its errors are failures with a
 * sentence.
 *
 * @throws {Failure} if the file cannot be used
 */
export function openStore(file: string): Journal & Disposable {
  /** Runs a step, and describes its error. */
  function attempt<Result>(step: () => Result, describe: (error: StoreError) => string): Result {
    try {
      return step();
    } catch (error) {
      throw new Failure(describe(error as StoreError), { cause: error });
    }
  }

  const { database, select, upsert } = attempt(
    () => {
      const opened = new DatabaseSync(file, { timeout: 500 });
      claim(opened);
      return {
        database: opened,
        select: opened.prepare('SELECT "table", id, row FROM rows ORDER BY position'),
        upsert: opened.prepare(
          'INSERT INTO rows ("table", id, row) VALUES (?, ?, ?) ON CONFLICT ("table", id) DO UPDATE SET row = excluded.row',
        ),
      };
    },
    (error) => describeOpening(error, file),
  );
  return {
    load: () =>
      attempt(
        () =>
          select.all().map((each): Change => {
            const { table, id, row } = each;
            return { table: String(table), id: String(id), row: parseRow(String(row)) };
          }),
        ({ message }) => `${file} is damaged: ${message}. Use a copy of it, or another file.`,
      ),
    save(changes, { clear }) {
      attempt(
        () => {
          database.exec('BEGIN IMMEDIATE');
          try {
            if (clear) database.exec('DELETE FROM rows');
            for (const { table, id, row } of changes) upsert.run(table, id, JSON.stringify(row));
            database.exec('COMMIT');
          } catch (error) {
            // SQLite itself rolls back where the disk is full.
            if (database.isTransaction) database.exec('ROLLBACK');
            throw error;
          }
        },
        ({ message }) =>
          `The change is not stored in ${file}: ${message}. It is in memory, and stored with the next change that can be.`,
      );
    },
    [Symbol.dispose]: () => database.close(),
  };
}

type StoreError = Error & { errcode?: number };

/** @throws {Error} if it is not an object */
function parseRow(text: string): object {
  const row: unknown = JSON.parse(text);
  if (typeof row === 'object' && row !== null) return row;
  throw new Error('a row is not an object');
}

/** Locks the file: no other sandbox may write to it. Refuses a file of another program. */
function claim(database: DatabaseSync): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const { application_id: owner } = database.prepare('PRAGMA application_id').get() ?? {};
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() ?? {};
  if (owner !== applicationId && (owner !== 0 || tables !== 0)) throw new Error('foreign');
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA application_id = ${applicationId};
    CREATE TABLE IF NOT EXISTS rows (
      position INTEGER PRIMARY KEY,
      "table" TEXT NOT NULL,
      id TEXT NOT NULL,
      row TEXT NOT NULL,
      UNIQUE ("table", id)
    ) STRICT;
  `);
}

function describeOpening({ message, errcode }: StoreError, file: string): string {
  if (message === 'foreign' || errcode === 26)
    return `${file} is not a file of a sandbox. Use another name: --data sandbox.db`;
  if (errcode === 11) return `${file} is damaged: ${message}. Use a copy of it, or another file.`;
  if (errcode === 5) return `${file} is in use by another sandbox. Stop that one, or take another file.`;
  return `${file} cannot be opened: ${message}. Check the folder and the permissions.`;
}
