import * as clients from 'nectar-openapi';
import { describe, expect, test } from 'vitest';
import { clientsWithout } from './altered-runtime.ts';
import { useClock } from './clock.ts';
import { guards } from './controls.ts';

useClock();

describe.each(guards)('$name', (guard) => {
  test('with its guard', async () => {
    await guard.check(clients);
  });

  test('and without it the same check fails', async () => {
    const altered = await clientsWithout(guard);
    await expect(guard.check(altered)).rejects.toThrow('expected');
  });
});
