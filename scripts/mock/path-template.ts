/** A path of the contract, such as `/map/{zoom}-{x}-{y}.png`. */
export interface PathTemplate {
  /** Whether a parameter shares its segment with others or with text. */
  mixed: boolean;
  /** Whether a path is one of the template, in one pass over it. */
  matches(pathname: string): boolean;
}

/** Reads a template. Segments are compared as Prism does: decoded, and with at least one character per parameter. */
export function readTemplate(template: string): PathTemplate {
  const segments = template.split('/').map(patternOf);
  return {
    mixed: template.split('/').some((each) => /.\{|\}./.test(each)),
    matches(pathname) {
      const parts = pathname.split('/');
      return (
        parts.length === segments.length && parts.every((each, index) => segments[index]?.test(decode(each)))
      );
    },
  };
}

/**
 * A parameter before another one takes as little as it can, and keeps it: the lookahead never backtracks. To try every
 * way to divide a segment would take the square or the cube of its length.
 */
function patternOf(segment: string): RegExp {
  let groups = 0;
  const literal = segment.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  const pattern = literal.replace(/\{[^{}]+\}(?:([^{}]*)(?=\{))?/g, (_, between?: string) =>
    between === undefined ? '[^]+' : `(?=([^]+?${between}))\\${++groups}`,
  );
  return new RegExp(`^${pattern}$`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
