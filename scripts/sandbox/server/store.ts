import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../cli/failure.ts';
import type { Change, Journal } from '../sandbox.ts';

/** "NECT", in the header of the file, where SQLite stores the application of a file. */
const applicationId = 0x4e454354;

/**
 * A journal in an SQLite file, which is created if it is missing. Changes are durable when `save` returns, also after a
 * crash of the machine: write-ahead log, synchronized with each transaction.
 *
 * @throws {Failure} if the file cannot be used
 */
export function openStore(file: string): Journal & Disposable {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file, { timeout: 500 });
    claim(database);
  } catch (error) {
    throw new Failure(describeError(error as Error & { errcode?: number }, file), { cause: error });
  }
  const select = database.prepare('SELECT "table", id, row FROM rows ORDER BY position');
  const upsert = database.prepare(
    'INSERT INTO rows ("table", id, row) VALUES (?, ?, ?) ON CONFLICT ("table", id) DO UPDATE SET row = excluded.row',
  );
  return {
    load: () =>
      select.all().map(
        ({ table, id, row }): Change => ({
          table: String(table),
          id: String(id),
          row: JSON.parse(String(row)),
        }),
      ),
    save(changes, { clear }) {
      database.exec('BEGIN IMMEDIATE');
      try {
        if (clear) database.exec('DELETE FROM rows');
        for (const { table, id, row } of changes) upsert.run(table, id, JSON.stringify(row));
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    [Symbol.dispose]: () => database.close(),
  };
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

function describeError({ message, errcode }: Error & { errcode?: number }, file: string): string {
  if (message === 'foreign' || errcode === 26)
    return `${file} is not a file of a sandbox. Use another name: --data sandbox.db`;
  if (errcode === 5) return `${file} is in use by another sandbox. Stop that one, or take another file.`;
  return `${file} cannot be opened: ${message}. Check the folder and the permissions.`;
}
