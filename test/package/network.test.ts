import { once } from 'node:events';
import { expect, test } from 'vitest';
import { runNode } from '../helpers/project-copy.ts';

const sentence = 'A test reached out to 192.0.2.1. Tests may connect to this machine alone.';

test('a test that connects to another machine fails, even if it catches the error', async () => {
  const listeners = process.rawListeners('uncaughtException') as NodeJS.UncaughtExceptionListener[];
  process.removeAllListeners('uncaughtException');
  try {
    const uncaught = once(process, 'uncaughtException');
    await fetch('http://192.0.2.1').catch(() => {});
    expect(await uncaught).toMatchObject([{ message: sentence }, expect.anything()]);
  } finally {
    for (const listener of listeners) process.on('uncaughtException', listener);
  }
});

test.for(['http.get("http://192.0.2.1")', 'net.connect(80, "192.0.2.1")', 'fetch("http://192.0.2.1")'])(
  'so does a process that it starts: %s',
  async (call) => {
    const program = `process.on("unhandledRejection", () => {}); ${call}.on?.("error", () => {})`;
    const { code, stderr } = await runNode(['--eval', program]);
    expect(stderr).toContain(sentence);
    expect(code).toBe(1);
  },
);

test('this machine can be reached by all its names', async () => {
  const program = `
    const server = net.createServer((socket) => socket.end()).listen(0, async () => {
      const { port } = server.address();
      for (const host of ['127.0.0.1', 'localhost', undefined])
        await events.once(net.connect({ port, host }).resume(), 'end');
      server.close();
    });`;
  expect(await runNode(['--eval', program])).toEqual({ code: 0, stdout: '', stderr: '' });
});
