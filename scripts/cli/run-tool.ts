import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { findInstalled, projectRoot } from './project.ts';

/**
 * Runs the command of a package in the root of the project and collects its output. It has passed if it exits with 0.
 *
 * @param script path of the command's script within node_modules
 */
export async function runTool(script: string, args: string[]): Promise<{ passed: boolean; output: string }> {
  const tool = spawn(process.execPath, [findInstalled(script) ?? script, ...args], {
    cwd: projectRoot(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(tool.stdout),
    text(tool.stderr),
    once(tool, 'close'),
  ]);
  return { passed: exitCode === 0, output: stdout + stderr };
}
