/** Whether a name is an identifier in TypeScript, unless it is reserved. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** Words that cannot be names of variables or types in a module. */
export const reservedWords = `
  await break case catch class const continue debugger default delete do else enum export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static
  super switch this throw true try typeof var void while with yield
`
  .trim()
  .split(/\s+/);
