/** `site_id` and `get site` in PascalCase: `SiteId`, `GetSite`. */
export function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The subject of a path: its first segment. */
export function subjectOf(path: string): string {
  return pascalCase(path.split('/').find((part) => part !== '' && !part.startsWith('{')) ?? 'Thing');
}

const verbs: Record<string, string> = {
  get: 'get',
  post: 'create',
  put: 'replace',
  patch: 'update',
  delete: 'delete',
};

/** A unique operationId: `getSite`, or `getSiteCompany` if that is taken. */
export function operationIdFor(method: string, path: string, taken: ReadonlySet<string>): string {
  const words = path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
  const verb = verbs[method] ?? method;
  for (let count = 1; count <= words.length; count++) {
    const name = verb + pascalCase(words.slice(0, count).join(' '));
    if (!taken.has(name)) return name;
  }
  return `${verb}${pascalCase(`${path.replaceAll(/[{}]/g, '')} ${taken.size}`)}`;
}
