import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What one run of a program has taken. */
export interface Cost {
  /** Milliseconds, from before the process starts until it has ended. */
  time: number;
  /** Megabytes that the largest of its processes has held at its peak. */
  memory: number;
}

export interface Command {
  /** Arguments for Node. */
  args: string[];
  cwd: string;
  /** Whether the program also ends in another way than with 0 when all is well. */
  mayFail?: boolean;
}

const preload = pathToFileURL(join(import.meta.dirname, 'peak-memory.js')).href;
const memoryFile = join(tmpdir(), `nectar-openapi-memory-${process.pid}`);

/** Runs a Node program to its end. */
export function run({ args, cwd, mayFail = false }: Command): Cost {
  const env = {
    ...process.env,
    NODE_OPTIONS: `--import=${preload}`,
    PEAK_MEMORY_FILE: memoryFile,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  };
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const time = performance.now() - start;
  if (status !== 0 && !mayFail) throw new Error(`${args.join(' ')} has failed:\n${stdout}${stderr}`);
  const peaks = readFileSync(memoryFile, 'utf8').trim().split('\n').map(Number);
  rmSync(memoryFile);
  return { time, memory: Math.max(...peaks) / 1024 };
}
