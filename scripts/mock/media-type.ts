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

/** One range of an `Accept`, such as `text/*;q=0.5`. */
interface AcceptedRange {
  /** Without parameters, in lower case. */
  range: string;
  parameters: string[];
  quality: number;
}

/** The ranges of an `Accept` that can be read. A `*` alone, which old clients send, is any type. */
function readAccept(accept: string): AcceptedRange[] {
  const parts = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).map((part) => part.trim());
  return parts(accept, /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g).flatMap((written) => {
    const [first = '', ...rest] = parts(written, /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g);
    const range = essenceOf(first === '*' ? '*/*' : first);
    const [, quality] = rest.map((each) => /^q=(.*)$/i.exec(each)).find(Boolean) ?? [];
    const parameters = rest.filter((each) => !/^q=/i.test(each) && wellFormed.test(each));
    // What is not a number is as good as none. HTTP has three decimals.
    const number = Number.parseFloat(quality ?? '1');
    return range === undefined
      ? []
      : [{ range, parameters, quality: Number.isNaN(number) ? 1 : Math.round(number * 1000) / 1000 }];
  });
}

/** A parameter of a media type. */
const wellFormed = /^[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[ !#-[\]-~]|\\[ -~])*")$/;

/** The same `Accept` with what can be read of it; undefined without any. */
export function cleanAccept(accept: string): string | undefined {
  const written = readAccept(accept).map(({ range, parameters, quality }) =>
    [range, ...parameters, ...(quality < 1 ? [`q=${Math.max(0, quality)}`] : [])].join(';'),
  );
  return written.length > 0 ? written.join(', ') : undefined;
}

/**
 * Why no response can be sent to a request with this `Accept`; undefined if one can.
 *
 * @param offered the media types of the responses
 */
export function refuseAccept(
  accept: string | null,
  offered: readonly string[],
): { status: 400 | 406; detail: string } | undefined {
  if (accept === null || /^[\s,]*$/.test(accept) || offered.length === 0) return undefined;
  const ranges = readAccept(accept);
  const advice = `Accept ${[...new Set(offered)].join(' or ')}.`;
  if (ranges.length === 0)
    return { status: 400, detail: `${JSON.stringify(accept.trim())} is not a media type. ${advice}` };
  if (offered.some((each) => qualityOf(essenceOf(each) ?? each, ranges) > 0)) return undefined;
  return { status: 406, detail: `There is no response in a media type that Accept has. ${advice}` };
}

/** The most specific range decides. */
function qualityOf(type: string, ranges: AcceptedRange[]): number {
  for (const range of [type, type.replace(/\/.*/, '/*'), '*/*']) {
    const qualities = ranges.filter((each) => each.range === range).map(({ quality }) => quality);
    if (qualities.length > 0) return Math.max(...qualities);
  }
  return 0;
}
