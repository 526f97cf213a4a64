import type { Outcome } from './errors.ts';

/** The end of an attempt or of a call. Holds no body, no header and no key. */
export interface CallEvent {
  /** `attempt`: one request ended. `call`: the whole call did, after its last attempt. */
  readonly type: 'attempt' | 'call';
  /** Groups the attempts of a call. Unique within this process. */
  readonly callId: number;
  /** The operationId; undefined for a call of the fetch client. */
  readonly operation: string | undefined;
  readonly method: string;
  /** The path template of the contract. */
  readonly path: string;
  /** Where the service is: `https://api.example.com`. */
  readonly origin: string;
  /** Counts from 1. For a call: how many there were. */
  readonly attempt: number;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds that it took; of a stream, until its head. For a call: waiting and pauses included. */
  readonly duration: number;
  /** The HTTP status of the response, where there was one. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** Name of the error that it ended with. Undefined for a response: see `status`. */
  readonly error: string | undefined;
  /** What the service may have done since the call began; undefined after a success. */
  readonly outcome: Outcome | undefined;
  /** Why another attempt follows, and after how many milliseconds. Undefined where none does. */
  readonly retry:
    | { readonly reason: 'status' | 'connection' | 'timeout'; readonly delay: number }
    | undefined;
}

export type Observer = (event: CallEvent) => void;

/** An observer that throws, or rejects, harms no call. */
export function notify(observer: Observer | undefined, event: CallEvent): void {
  try {
    // An async function is an observer too, whatever its type says.
    (observer?.(event) as Promise<void> | undefined)?.catch?.(() => {});
  } catch {}
}
