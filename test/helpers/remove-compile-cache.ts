import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';

/** After all tests, removes the compile cache of the processes that they have started. */
export default function setup({ config }: TestProject): () => void {
  return () => rmSync(String(config.env.NODE_COMPILE_CACHE), { recursive: true, force: true });
}
