import type { Affected, Rating } from './change.ts';
import { rateExtension } from './extensions.ts';
import type { RedoclyChange } from './redocly.ts';

/**
 * The bump that a change needs, by what Redocly says of it. Where its rules are silent, it is `patch` for what only
 * people read and `minor` for the rest: a bound that was loosened is news to callers. Undefined for the version itself.
 */
export function rate(change: RedoclyChange): Rating | undefined {
  const { path, property, impact, messages } = change;
  if (path[0] === 'info' && property === 'version') return undefined;
  const extension = rateExtension(change);
  if (extension !== undefined) return extension;
  const affects = affectedBy(path);
  if (impact === 'major') return { bump: 'major', affects, text: messages.join(' ') };
  // Redocly takes it for one webhook that is called differently; a receiver waits for the old name in vain.
  if (path[0] === 'webhooks' && property === 'key') {
    const text = `Webhook \`${change.before}\` was renamed to \`${change.after}\`.`;
    return { bump: 'major', affects, text };
  }
  if (isDocumentation(change)) return { bump: 'patch', affects: 'nobody', text: describe(change) };
  return { bump: 'minor', affects, text: describe(change) };
}

/** `POST /path`, `/path`, `webhook name`, or nothing for what belongs to the document as a whole. */
export function placeOf([part, name, method = '']: readonly string[]): string {
  if (part === 'webhooks') return `webhook ${name}`;
  if (part !== 'paths' || name === undefined) return '';
  return /^(get|put|post|delete|options|head|patch|trace)$/.test(method)
    ? `${method.toUpperCase()} ${name}`
    : name;
}

function affectedBy(path: readonly string[]): Affected {
  if (path[0] === 'webhooks') return 'readers';
  if (path.includes('responses')) return 'readers';
  if (path.includes('requestBody') || path.includes('parameters')) return 'callers';
  return 'both';
}

/** Kinds of node, and keys of nodes, that no program depends on. */
const documentation = new Set([
  ...['Info', 'Contact', 'License', 'Tag', 'ExternalDocs', 'Example', 'ExamplesMap', 'SpecExtension'],
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
