/** One thing that is wrong at one place. */
export interface Finding {
  severity: 'error' | 'warning';
  /** Name of the rule that was broken, as in redocly.yaml. */
  rule: string;
  message: string;
  /** Absolute path, or the URL of a remote document. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
  /** The line with its neighbours and the place marked; several lines. */
  frame: string;
  /** What to do about it, as a sentence. */
  advice: string;
}
