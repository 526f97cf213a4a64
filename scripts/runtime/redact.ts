/**
 * Servers echo requests, the caller's `fetch` may throw anything, and errors are logged. So all foreign text in an
 * error or an event passes through a redactor.
 */
export class Redactor {
  readonly #keys = new Set<string>();

  /** Redacts a key from now on; the keys of earlier attempts stay redacted. */
  add(key: string): void {
    this.#keys.add(key);
  }

  /** Redacts each key in a text, in every encoding in which it can appear. */
  text(text: string): string {
    let safe = text;
    for (const key of this.#keys)
      for (const form of new Set([key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)]))
        safe = replaceKey(safe, form);
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

/**
 * A long key is replaced everywhere. A short one can be part of a word, like `any` in `company`: it is replaced only
 * where no letter or digit is next to it.
 */
function replaceKey(text: string, key: string): string {
  if (key.length >= 16) return text.replaceAll(key, '[API key]');
  const escaped = key.replace(/\W/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu'), '[API key]');
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    configurable: true,
    writable: true,
    enumerable: name === 'code',
  });
}
