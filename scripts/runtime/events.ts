import type { Outcome } from './errors.ts';

/** The end of an attempt or of a call. Contains no body, no header and no key. */
export interface CallEvent {
  /** `attempt`: one attempt ended. `call`: the whole call ended, after its last attempt. */
  readonly type: 'attempt' | 'call';
  /** Groups the attempts of a call. Unique within this process. */
  readonly callId: number;
  /** The operationId; undefined for a call of the fetch client. */
  readonly operation: string | undefined;
  readonly method: string;
  /** The path template of the contract. */
  readonly path: string;
  /** The origin of the service: `https://api.example.com`. */
  readonly origin: string;
  /** The number of the attempt, from 1. For a call: the number of attempts. */
  readonly attempt: number;
  /** The start, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Duration in milliseconds; for a stream, until its headers. For a call, with waiting and pauses. */
  readonly duration: number;
  /** The HTTP status of the response, if there was one. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** The name of the error; undefined if there was a response: see `status`. */
  readonly error: string | undefined;
  /** What the service may have done since the call started; undefined after a success. */
  readonly outcome: Outcome | undefined;
  /** Why another attempt follows, and after how many milliseconds; undefined if none does. */
  readonly retry:
    | { readonly reason: 'status' | 'connection' | 'timeout'; readonly delay: number }
    | undefined;
}

export type Observer = (event: CallEvent) => void;

/** Calls the observer. If it throws or rejects, the call is not affected. */
export function notify(observer: Observer | undefined, event: CallEvent): void {
  try {
    // The type allows an async function as well.
    (observer?.(event) as Promise<void> | undefined)?.catch?.(() => {});
  } catch {}
}
