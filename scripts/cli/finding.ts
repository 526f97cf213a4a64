/** A place in a file. */
export interface Place {
  /** Absolute path, or the URL of a remote document. */
  file: string;
  /** JSON pointer into that file, with its `#`; undefined in invalid YAML or JSON. */
  pointer?: string | undefined;
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
}

/** One mistake in a contract. */
export interface Finding extends Place {
  severity: 'error' | 'warning';
  /** Name of the rule that was broken, as in redocly.yaml. */
  rule: string;
  message: string;
  /** Other places with the same mistake. */
  others: readonly Place[];
  /** The code frame: the line with its neighbors, and the place marked. */
  frame: string;
  /** How to fix it, in sentences; can end with lines to paste. */
  advice: string;
}
