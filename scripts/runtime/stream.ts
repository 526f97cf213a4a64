import type { ReadScope } from './attempt.ts';
import { BodyTooLarge } from './response.ts';

/**
 * Passes on each piece of a body as it arrives, under the limits of the attempt, which lasts until the stream ends.
 *
 * @param perPiece the time of the attempt holds for each wait for a piece, not for all of them. A slow reader is not
 *   waited for.
 */
export function openStream(
  body: ReadableStream<Uint8Array>,
  scope: ReadScope,
  perPiece = false,
): ReadableStream<Uint8Array> {
  const { signal, maxResponseBytes = Number.POSITIVE_INFINITY, toError } = scope;
  const release = scope.keep();
  const reader = body.getReader();
  let size = 0;
  let open = true;
  const end = () => {
    if (open) release();
    open = false;
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      // Also while nobody reads.
      signal.addEventListener('abort', () => fail(controller, undefined));
    },
    async pull(controller) {
      try {
        if (perPiece) scope.restart();
        const { done, value } = await reader.read();
        if (!open) return;
        if (perPiece) scope.pause();
        size += value?.byteLength ?? 0;
        if (size > maxResponseBytes) throw new BodyTooLarge();
        if (value) controller.enqueue(value);
        if (!done) return;
        end();
        controller.close();
      } catch (cause) {
        fail(controller, cause);
      }
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });

  function fail(controller: ReadableStreamDefaultController, cause: unknown): void {
    if (!open) return;
    controller.error(toError(cause));
    end();
    // What has broken by itself cannot be cancelled, which harms nobody.
    reader.cancel().catch(() => {});
  }
}
