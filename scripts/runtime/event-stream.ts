import { BodyTooLarge } from './response.ts';

/** One event of `text/event-stream` (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerEvent<Data = string> {
  /** The type of the event. */
  event: string;
  data: Data;
  /** The last id that the stream had so far; empty where it had none. */
  id: string;
  /** Milliseconds to wait before you connect again, where the stream said so last. */
  retry: number | undefined;
}

/** Characters of one event or line, unless a caller sets another limit. */
const MOST = 2 ** 24;

/**
 * The lines of a stream in UTF-8, wherever its pieces are cut. A loop that ends early cancels the stream.
 *
 * @param most characters of a line
 * @throws {BodyTooLarge} for a longer line
 */
export async function* readLines(stream: ReadableStream<Uint8Array>, most = MOST): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let afterReturn = false;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      let text = decoder.decode(part.value, { stream: true });
      if (text === '') continue;
      // The second half of a CR LF that was cut.
      if (afterReturn && text.startsWith('\n')) text = text.slice(1);
      afterReturn = text.endsWith('\r');
      const [first = '', ...others] = text.split(/\r\n|\n|\r/);
      rest += first;
      for (const line of others) {
        if (rest.length > most) throw new BodyTooLarge();
        yield rest;
        rest = line;
      }
      if (rest.length > most) throw new BodyTooLarge();
    }
    if (rest) yield rest;
  } finally {
    // What has broken by itself cannot be cancelled, which harms nobody.
    reader.cancel().catch(() => {});
  }
}

/**
 * The events of a stream of `text/event-stream`, such as one that `parseAs: 'stream'` returns. An event that the stream
 * does not complete is none.
 *
 * @example
 * for await (const { event, data } of readEvents(stream)) console.log(event, data);
 * @throws {BodyTooLarge} for an event of more characters than `most`
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  most = MOST,
): AsyncGenerator<ServerEvent> {
  let event = '';
  let data: string[] = [];
  let size = 0;
  let id = '';
  let retry: number | undefined;
  for await (const line of readLines(stream, most)) {
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id, retry };
      event = '';
      data = [];
      size = 0;
    } else if (field === 'data') {
      data.push(value);
      size += value.length;
      if (size > most) throw new BodyTooLarge();
    } else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }
}
