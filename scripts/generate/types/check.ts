import ts from 'typescript';

/** The declarations of the platform that schema.ts needs. The real ones take longer to parse than most contracts. */
const platform = `
interface Array<T> { length: number; [index: number]: T }
interface Blob { readonly size: number; readonly type: string }
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {}
interface NewableFunction {} interface Number {} interface Object {} interface RegExp {}
interface String { readonly length: number }
type Record<Key extends keyof any, Value> = { [Each in Key]: Value };
`;

const options: ts.CompilerOptions = {
  exactOptionalPropertyTypes: true,
  noEmit: true,
  noLib: true,
  strict: true,
  target: ts.ScriptTarget.ES2022,
  types: [],
};

/** Comments are most of the text, and irrelevant for types. */
const parsing: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ES2022,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

/**
 * Compiles the types alone, in a quarter of the time for the whole output with the types of the platform and the
 * libraries. The rest of the output only refers to these types by name.
 *
 * @throws {Error} if they do not compile; the message names the place in the contract
 */
export function checkTypes(text: string): void {
  const sources = new Map(
    Object.entries({ 'schema.ts': text, 'platform.d.ts': platform }).map(([name, source]) => [
      name,
      ts.createSourceFile(name, source, parsing),
    ]),
  );
  const program = ts.createProgram([...sources.keys()], options, {
    fileExists: (name) => sources.has(name),
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => '',
    getDefaultLibFileName: () => 'platform.d.ts',
    getNewLine: () => '\n',
    getSourceFile: (name) => sources.get(name),
    readFile: () => undefined,
    useCaseSensitiveFileNames: () => true,
    writeFile: () => {},
  });
  const schema = sources.get('schema.ts');
  const [fault] = [...program.getSyntacticDiagnostics(schema), ...program.getSemanticDiagnostics(schema)];
  if (!fault || !schema) return;
  const message = ts.flattenDiagnosticMessageText(fault.messageText, ' ');
  throw new Error(
    `the types of ${placeIn(schema, fault.start ?? 0)} would not compile (${message.replace(/\.$/, '')}), which is a bug of the generator`,
  );
}

/** The names of the properties and types around a place, the outermost first. */
function placeIn(schema: ts.SourceFile, position: number): string {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (position < node.pos || position >= node.end) return;
    const { name } = node as { name?: ts.Node };
    if (name) names.push((name as { text?: string }).text ?? name.getText(schema));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(schema, visit);
  return names.join(' > ');
}
