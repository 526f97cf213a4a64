import { runInNewContext } from 'node:vm';
import { type BuildResult, build } from 'esbuild';
import { signTestEvent } from 'nectar-openapi/webhooks';
import { expect, test } from 'vitest';
import { secret } from './secret.ts';

/** As for a browser: an import that only Node has is an error. */
function bundle(file: string): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build({
    entryPoints: [new URL(`../../generated/${file}`, import.meta.url).pathname],
    bundle: true,
    format: 'iife',
    globalName: 'webhooks',
    metafile: true,
    platform: 'browser',
    write: false,
  });
}

test('webhooks are verified with only Web APIs', async () => {
  const [output] = (await bundle('webhooks.ts')).outputFiles;
  const { body, headers } = signTestEvent({ id: '1' }, secret);
  const code = `${output?.text}; JSON.stringify(webhooks.unwrap(new TextEncoder().encode(body), headers, secret))`;
  expect(runInNewContext(code, { TextEncoder, TextDecoder, body, headers, secret })).toBe('{"id":"1"}');
});

test('a program that only calls the API does not load the verification of webhooks', async () => {
  const { inputs } = (await bundle('client.ts')).metafile;
  expect(Object.keys(inputs).filter((file) => /webhook|sha256|base64/.test(file))).toEqual([]);
});
