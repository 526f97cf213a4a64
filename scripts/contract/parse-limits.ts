/** Levels of objects and lists within each other: as many as the YAML parser allows. */
const deepest = 100;

/** A document of 13 MB has a quarter of a million values. */
const mostValues = 2_000_000;

/**
 * The value of a JSON text, in a twentieth of the time that the YAML parser takes for it.
 *
 * @returns undefined for anything that the YAML parser should look at, as it alone can name the place: a text that is no
 *   JSON, a key that is there twice, a text that is nested too deeply
 */
export function parseJson(text: string): object | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: object = JSON.parse(text);
    return countKeys(value) === countWrittenKeys(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keys of all objects; NaN where they are nested too deeply to be walked. */
function countKeys(value: unknown, level = 0): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (level > deepest) return Number.NaN;
  const values = Object.values(value);
  return values.reduce<number>(
    (sum, each) => sum + countKeys(each, level + 1),
    Array.isArray(value) ? 0 : values.length,
  );
}

/** A string that a colon follows. */
function countWrittenKeys(json: string): number {
  let count = 0;
  for (const [text] of json.matchAll(/"(?:[^"\\]+|\\.)*"\s*:?/g)) if (text.endsWith(':')) count++;
  return count;
}

/** Whether a document whose aliases were written out would be larger than any that is meant well. */
export function expandsBeyond(document: unknown): boolean {
  const open = [document];
  let count = 0;
  while (open.length > 0 && count <= mostValues) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const each of Object.values(value)) {
      count++;
      open.push(each);
    }
  }
  return open.length > 0;
}
