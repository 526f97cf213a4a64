import { createRequire } from 'node:module';

// In place of the package typescript in the bundle: before an import of it, Node would search its nine megabytes for the
// names of its exports.
export default createRequire(import.meta.url)('typescript');
