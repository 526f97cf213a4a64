import { describe, expect, test } from 'vitest';
import { readEvents, readLines } from '../../scripts/runtime/streams.ts';
import { collect } from '../helpers/collect.ts';

function streamOf(pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

describe('readEvents', () => {
  const text = [
    '\u{FEFF}: a comment\r\ndata:first\r\n\r\n',
    'event: größe\rdata: a\rdata\rdata:  b\r\r',
    'id: 1\nretry: 250\nignored: field\ndata: {"x":"😀"}\n\n',
    'id: 2\0\nretry: soon\ndata\n\n',
    'id\ndata: last\n\n',
    'data: not complete\n',
  ].join('');

  const expected = [
    { event: 'message', data: 'first', id: '', retry: undefined },
    { event: 'größe', data: 'a\n\n b', id: '', retry: undefined },
    { event: 'message', data: '{"x":"😀"}', id: '1', retry: 250 },
    { event: 'message', data: '', id: '1', retry: 250 },
    { event: 'message', data: 'last', id: '', retry: 250 },
  ];

  test('follows the standard, wherever the chunks are cut', async () => {
    const bytes = new TextEncoder().encode(text);
    expect(await collect(readEvents(streamOf([bytes])))).toEqual(expected);
    expect(await collect(readEvents(streamOf(Array.from(bytes, (byte) => Uint8Array.of(byte)))))).toEqual(
      expected,
    );
    for (let cut = 1; cut < bytes.length; cut++)
      expect(await collect(readEvents(streamOf([bytes.subarray(0, cut), bytes.subarray(cut)])))).toEqual(
        expected,
      );
  });
});

test('readLines keeps the last line, with or without an end', async () => {
  const lines = (value: string) => collect(readLines(streamOf([new TextEncoder().encode(value)])));
  expect(await lines('a\nb')).toEqual(['a', 'b']);
  expect(await lines('a\nb\n')).toEqual(['a', 'b']);
  expect(await lines('')).toEqual([]);
});
