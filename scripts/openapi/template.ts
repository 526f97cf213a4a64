const NAME = /\{([^{}]+)\}/g;

/** The names in braces of a path or an address, each once. */
export function namesIn(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(NAME), ([, name = '']) => name))];
}

/** Fills in a path or an address. A name whose value is undefined stays as it is. */
export function fillTemplate(template: string, valueFor: (name: string) => string | undefined): string {
  return template.replace(NAME, (whole, name: string) => valueFor(name) ?? whole);
}
