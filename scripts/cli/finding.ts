/** A place in a file. */
export interface Place {
  /** Absolute path, or the URL of a remote document. */
  file: string;
  /** JSON pointer into that file, with its `#`; undefined for what is no valid YAML or JSON. */
  pointer?: string | undefined;
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
}

/** One thing that is wrong. */
export interface Finding extends Place {
  severity: 'error' | 'warning';
  /** Name of the rule that was broken, as in redocly.yaml. */
  rule: string;
  message: string;
  /** Where else the same is wrong. */
  others: readonly Place[];
  /** The line with its neighbours and the place marked; several lines. */
  frame: string;
  /** What to do about it, in sentences; may go on with lines to paste. */
  advice: string;
}
