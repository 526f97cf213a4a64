/** Whether a name can stand in TypeScript as it is, if it is not reserved. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** Words that name neither a variable nor a type in a module. */
export const reservedWords = `
  await break case catch class const continue debugger default delete do else enum export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static
  super switch this throw true try typeof var void while with yield
`
  .trim()
  .split(/\s+/);
