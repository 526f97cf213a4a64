import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { toolchainRoot } from '../../cli/project.ts';

const folder = join(toolchainRoot, 'scripts/docs/site');

/** The installed package has both as they are written here, in place of their sources. */
export const builtAssets = { styles: 'assets/site.css', script: 'assets/site.js' };

function readBuilt(name: string): string | undefined {
  const file = join(toolchainRoot, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

const require = createRequire(import.meta.url);

/** Inlined, because a page from a file cannot load a font from another file. */
const fonts = [
  { family: 'Inter', file: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2' },
  {
    family: 'JetBrains Mono',
    file: '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  },
];

/** In this order: later rules override earlier ones. */
const styles = ['colors', 'frame', 'contents', 'text', 'chapter', 'home', 'search', 'redoc'];

/** The styles of all pages: the fonts, the site, and the overrides for Redoc. */
export async function writeStyles(): Promise<string> {
  const built = readBuilt(builtAssets.styles);
  if (built !== undefined) return built;
  const faces = fonts.map(({ family, file }) => {
    // Without ligatures: code is read character by character.
    const data = readFileSync(require.resolve(file), 'base64');
    return `@font-face {
  font-family: "${family}";
  font-weight: 100 800;
  font-display: swap;
  font-feature-settings: "calt" 0;
  src: url(data:font/woff2;base64,${data}) format("woff2");
}`;
  });
  const sheets = styles.map((name) => readFileSync(join(folder, 'styles', `${name}.css`), 'utf8'));
  const { transform } = await import('esbuild');
  const { code } = await transform([...faces, ...sheets].join('\n'), { loader: 'css', minify: true });
  return code;
}

/** The script of all pages. Not a module, because a page from a file cannot load one. */
export async function writeScript(): Promise<string> {
  const built = readBuilt(builtAssets.script);
  if (built !== undefined) return built;
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'browser/main.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
