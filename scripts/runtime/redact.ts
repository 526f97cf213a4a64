/**
 * Servers echo requests, the caller's `fetch` may throw anything, and errors are logged. So all foreign text in an
 * error or an event passes through a redactor.
 */
export class Redactor {
  readonly #keys = new Set<string>();

  /** Redacts a key from now on; the keys of earlier attempts stay redacted. */
  add(key: string): void {
    // A header of the caller can be empty.
    if (key !== '') this.#keys.add(key);
  }

  /** Redacts each key in a text, however its characters are encoded. */
  text(text: string): string {
    let safe = text;
    // No encoding is shorter than the key.
    for (const key of this.#keys)
      if (safe.length >= key.length) safe = safe.replace(patternOf(key), '[API key]');
    return safe;
  }

  /** One redacted line of at most `most` characters, for a message. */
  line(text: string, most = 300): string {
    // Redact before cutting: half of a key would not be recognized.
    const line = this.text(text)
      .slice(0, most + 1)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
    return line.length > most ? `${line.slice(0, most - 1)}…` : line;
  }

  headers(headers: Headers): Headers {
    return new Headers([...headers].map(([name, value]): [string, string] => [name, this.text(value)]));
  }

  /**
   * Copies a foreign error: only its name, code, message, stack and causes, as redacted text. HTTP libraries attach the
   * request to their errors, with the key in its headers.
   */
  cause(error: unknown, depth = 0): unknown {
    try {
      if (typeof error !== 'object' || error === null) return this.line(String(error));
      const { name, message, code, stack, cause, errors } = error as Record<string, unknown>;
      const copy = new Error(this.line(String(message ?? Object.prototype.toString.call(error))));
      const texts = { name, code, stack };
      for (const field in texts) {
        const value = texts[field as keyof typeof texts];
        if (typeof value === 'string') define(copy, field, this.text(value).slice(0, 4000));
      }
      if (depth > 3) return copy;
      if (cause !== undefined) define(copy, 'cause', this.cause(cause, depth + 1));
      if (Array.isArray(errors))
        define(
          copy,
          'errors',
          errors.slice(0, 5).map((each) => this.cause(each, depth + 1)),
        );
      return copy;
    } catch {
      // A getter of the foreign error threw.
      return new Error('An error that cannot be read.');
    }
  }
}

const patterns = new Map<string, RegExp>();

/**
 * A key in every mixture of the encodings in which a server can return it. A long key is replaced everywhere. A short
 * one can be part of a word, like `any` in `company`: it is replaced only where no letter or digit is next to it.
 */
function patternOf(key: string): RegExp {
  let pattern = patterns.get(key);
  if (!pattern) {
    const whole = Array.from(key, encodingsOf).join('');
    pattern = new RegExp(key.length >= 16 ? whole : `(?<![\\p{L}\\p{N}])${whole}(?![\\p{L}\\p{N}])`, 'gu');
    // Keys can rotate without end.
    if (patterns.size > 100) patterns.clear();
    patterns.set(key, pattern);
  }
  return pattern;
}

const entities: Readonly<Record<string, string | undefined>> = {
  '"': 'quot',
  '&': 'amp',
  "'": 'apos',
  '<': 'lt',
  '>': 'gt',
};

/**
 * A character as itself, in JSON within JSON, in a URL within a URL, or in HTML. The repetitions are bounded, so that a
 * text of any length is read once.
 */
function encodingsOf(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code
    .toString(16)
    .padStart(2, '0')
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const entity = [`#0{0,5}${code}`, `#[xX]0{0,5}${hex}`, entities[character]].filter(Boolean).join('|');
  const space = character === ' ' ? '|\\+' : '';
  const written = `\\\\{0,15}(?:u00${hex}|\\x${code.toString(16).padStart(2, '0')})`;
  return `(?:%(?:25){0,3}${hex}|&(?:amp;){0,2}(?:${entity});?|${written}${space})`;
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    configurable: true,
    writable: true,
    enumerable: name === 'code',
  });
}
