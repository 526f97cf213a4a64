/**
 * The type and subtype of a `Content-Type`, in lower case. Undefined if it is not a media type (RFC 9110, which allows
 * an empty parameter: `application/json;`).
 */
export function essenceOf(contentType: string): string | undefined {
  const [essence = ''] = contentType.split(';', 1);
  const trimmed = essence.trim().toLowerCase();
  return /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/.test(trimmed) ? trimmed : undefined;
}

/** The `charset` of a `Content-Type` if it is not UTF-8, in which a body is read. */
export function foreignCharset(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/i.exec(contentType) ?? [];
  const charset = quoted ?? plain;
  return charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset) ? undefined : charset;
}
