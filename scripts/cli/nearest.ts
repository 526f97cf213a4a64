/** The name that was most likely meant, if one is so close that a typing error explains the difference. */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance >= least) continue;
    best = name;
    least = distance;
  }
  return best;
}

/**
 * The end of a message on a name that does not exist: ` Did you mean gen?`, or nothing if no name is close.
 *
 * @param prefix of the names, as they are written
 */
export function suggest(written: string, names: Iterable<string>, prefix = ''): string {
  const name = nearest(written, names);
  return name === undefined ? '' : ` Did you mean ${prefix}${name}?`;
}

/** The number of letters to add, remove, replace, or swap with their neighbor. */
function editDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= from.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const costs = [
        replaced,
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        ...(swapped ? [at(i - 2, j - 2) + 1] : []),
      ];
      rows[i]?.push(Math.min(...costs));
    }
  }
  return at(from.length, to.length);
}
