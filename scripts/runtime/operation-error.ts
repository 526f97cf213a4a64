import type {
  AbortError,
  ConnectionError,
  HttpError,
  InvalidInputError,
  InvalidResponseError,
  RedirectError,
  TimeoutError,
} from './errors.ts';
import type { ErrorStatus } from './status.ts';

/**
 * Everything that a call of one operation can fail with. `Bodies` maps each documented error status, or a range such as
 * `4XX`, to its body; `error.status === 404` then narrows `error.body`. The body of an undocumented status is `unknown`.
 */
export type OperationError<Bodies> =
  | { [Status in ErrorStatus]: HttpError<Status, BodyOf<Bodies, Status>> }[ErrorStatus]
  | AbortError
  | ConnectionError
  | InvalidInputError
  | InvalidResponseError
  | RedirectError
  | TimeoutError;

type BodyOf<Bodies, Status extends number> = Status extends keyof Bodies
  ? Bodies[Status]
  : RangeOf<Status> extends keyof Bodies
    ? Bodies[RangeOf<Status>]
    : Bodies extends { default: infer Body }
      ? Body
      : unknown;

type RangeOf<Status extends number> = `${Status}` extends `4${string}` ? '4XX' : '5XX';
