import type { Affected, Rating } from './change.ts';
import type { RedoclyChange } from './redocly.ts';

/**
 * The bump that a change needs: by what it does to the types or to the client, or else according to Redocly. Without a
 * rule for it, `patch` for documentation and `minor` for the rest, such as a relaxed bound. Undefined for the version
 * itself, and for what another change reports.
 *
 * @param used whom the component affects that the change is in
 */
export function rate(change: RedoclyChange, used?: Affected): Rating | undefined {
  const { path, property, impact, messages } = change;
  if (path[0] === 'info' && property === 'version') return undefined;
  const affects = used ?? affectedBy(path);
  const own = rateExtension(change) ?? rateType(change, affects);
  if (own !== undefined) return own.affects === 'nobody' || !used ? own : { ...own, affects: used };
  if (impact === 'major') return { bump: 'major', affects, text: messages.join(' ') };
  if (isDocumentation(change)) return { bump: 'patch', affects: 'nobody', text: describe(change) };
  return { bump: 'minor', affects, text: describe(change) };
}

/** What Redocly rates lower, although types or values of callers no longer fit. */
function rateType(change: RedoclyChange, affects: Affected): Rating | undefined {
  const { path, typeName, kind, property, before, after } = change;
  const breaks = (text: string): Rating => ({ bump: 'major', affects, text });
  const [parent, key] = path.slice(-2);
  // Redocly treats it as the same with another name, but the old one is gone.
  if (property === 'key' && path.length === 2)
    return breaks(
      `${path[0] === 'webhooks' ? 'Webhook' : 'Path'} \`${before}\` was renamed to \`${after}\`.`,
    );
  if (path[0] === 'components' && path.length <= 3 && kind !== 'modified') {
    const isType = path[1] === 'schemas' && path.length === 3;
    if (isType && kind === 'removed') return breaks(`The type of the schema \`${key}\` was removed.`);
    return { bump: isType ? 'minor' : 'patch', affects: 'nobody', text: describe(change) };
  }
  if (typeName === 'Schema' && kind === 'removed' && key === 'schema')
    return breaks('The schema was removed: values have an unknown type.');
  if (kind === 'removed' && parent === 'properties' && affects !== 'readers' && path.includes('requestBody'))
    return breaks(`Field \`${key}\` was removed.`);
  if (property === 'writeOnly' && after === true && affects !== 'callers')
    return breaks(`\`${key}\` is no longer in the response.`);
  if (property === 'readOnly' && after === true && affects !== 'readers')
    return breaks(`\`${key}\` can no longer be sent.`);
  if (path.includes('discriminator') && before !== undefined)
    return breaks(
      property === 'propertyName'
        ? `Types are distinguished by \`${after}\` and no longer by \`${before}\`.`
        : `\`${key}\` is no longer the value of a type.`,
    );
  return undefined;
}

/** `POST /path`, `/path`, `webhook name`, or empty for the whole document. */
export function placeOf([part, name, method = '']: readonly string[]): string {
  if (part === 'webhooks') return `webhook ${name}`;
  if (part !== 'paths' || name === undefined) return '';
  return /^(get|put|post|delete|options|head|patch|trace)$/.test(method)
    ? `${method.toUpperCase()} ${name}`
    : name;
}

function affectedBy(path: readonly string[]): Affected {
  if (path[0] === 'webhooks' || path.includes('callbacks')) return 'readers';
  if (path.includes('responses')) return 'readers';
  if (path.includes('requestBody') || path.includes('parameters')) return 'callers';
  return 'both';
}

/** Kinds of node, and keys, that no program depends on. */
const documentation = new Set([
  ...[
    'Info',
    'Contact',
    'License',
    'Tag',
    'TagList',
    'ExternalDocs',
    'Example',
    'ExamplesMap',
    'SpecExtension',
  ],
  ...['summary', 'description', 'title', 'tags', 'externalDocs', 'example', 'examples', '$comment'],
]);

function isDocumentation({ typeName, kind, property = '' }: RedoclyChange): boolean {
  if (documentation.has(typeName)) return true;
  return kind === 'modified' && (documentation.has(property) || property.startsWith('x-'));
}

function describe({ path, typeName, kind, property, before, after }: RedoclyChange): string {
  const key = path.findLast((part) => !/^\d+$/.test(part));
  const { name = key } = typeName === 'Parameter' ? Object(after ?? before) : {};
  const subject = kind === 'modified' ? `\`${property}\` of \`${name}\`` : `\`${name}\``;
  if (before === undefined) return `${subject} was added.`;
  if (after === undefined) return `${subject} was removed.`;
  const change = `${JSON.stringify(before)} to ${JSON.stringify(after)}`;
  return `${subject} was changed${change.length < 60 ? ` from ${change}` : ''}.`;
}

/**
 * The bump for a change of an `x-` key, which no engine knows. Undefined for other changes, and for keys that only the
 * docs show.
 */
function rateExtension(change: RedoclyChange): Rating | undefined {
  const keys = [...change.path, change.property ?? ''];
  const name = keys.find((key) => Object.hasOwn(meanings, key));
  return name === undefined ? undefined : meanings[name]?.(change);
}

const meanings: Record<string, (change: RedoclyChange) => Rating> = {
  // The types stay open in both cases: such an enum lists the known values.
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
