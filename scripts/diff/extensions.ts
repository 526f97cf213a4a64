import type { Rating } from './change.ts';
import type { RedoclyChange } from './redocly.ts';

/**
 * What a change of an `x-` key means for the client: no engine knows these keys. Undefined for any other change, and for
 * a key that nothing but the docs show.
 */
export function rateExtension(change: RedoclyChange): Rating | undefined {
  const keys = [...change.path, change.property ?? ''];
  const name = keys.find((key) => Object.hasOwn(meanings, key));
  return name === undefined ? undefined : meanings[name]?.(change);
}

const meanings: Record<string, (change: RedoclyChange) => Rating> = {
  // The types stay open either way: such an enum lists the values that are known.
  'x-enumDescriptions': ({ path, property, before, after }) => {
    const owner = `\`${path[path.lastIndexOf('x-enumDescriptions') - 1]}\``;
    if (before !== undefined && after !== undefined) {
      return {
        bump: 'patch',
        affects: 'nobody',
        text: `The meaning of ${property} in ${owner} was reworded.`,
      };
    }
    const verb = before === undefined ? 'is now' : 'is no longer';
    return { bump: 'minor', affects: 'both', text: `\`${property}\` ${verb} a known value of ${owner}.` };
  },
  'x-idempotent': ({ after }) => ({
    bump: 'minor',
    affects: 'callers',
    text: `The client ${after === undefined ? 'no longer retries' : 'now retries'} the request after a lost response.`,
  }),
  'x-pagination': ({ before, after }) =>
    before === undefined
      ? { bump: 'minor', affects: 'readers', text: 'The client can now iterate over the items.' }
      : {
          bump: 'major',
          affects: 'readers',
          text: `The client ${after === undefined ? 'can no longer iterate' : 'iterates in another way'} over the items.`,
        },
  'x-env': () => ({
    bump: 'major',
    affects: 'callers',
    text: 'The client takes its key from another environment variable.',
  }),
};
