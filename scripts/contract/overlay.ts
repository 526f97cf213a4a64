import { type Document, Source, YamlParseError } from '@redocly/openapi-core';
import { type JsonValue, paths } from 'jsonpath-rfc9535';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import type { OpenContract } from './open.ts';
import { readText, type SourceFiles } from './source-files.ts';
import { parseErrorToFinding, warningToFinding } from './to-finding.ts';

/**
 * Prepares an overlay (https://spec.openapis.org/overlay/latest.html) for the bundler, which applies its actions in
 * their order. Each action becomes an overlay of its own, so that what it selects is known at its turn.
 *
 * @param file absolute path
 * @param warnings gets those about actions that change nothing
 * @returns the references of these overlays, for the bundler
 * @throws {Failure} if the file is not an overlay
 */
export function prepareOverlay(
  file: string,
  { document, resolver }: OpenContract,
  warnings: Finding[],
): string[] {
  const { source, parsed } = read(file, resolver);
  const { overlay, actions } = Object(parsed) as { overlay?: unknown; actions?: unknown };
  if (typeof overlay !== 'string' || !/^1\.[012]\./.test(overlay) || !Array.isArray(actions))
    throw new Failure(
      `${displayPath(file)} is not an overlay. It starts with "overlay: 1.0.0" and has a list of actions: https://spec.openapis.org/overlay/latest.html`,
    );
  return actions.map((action: unknown, index) => {
    const ref = `${file}#/actions/${index}`;
    resolver.overlays.set(ref, () => {
      const idle = whyIdle(document, action);
      if (idle !== undefined)
        warnings.push({ ...warningToFinding(source, `#/actions/${index}`, idle), rule: 'overlay' });
      // The others are left out without a change of the index, which messages are placed by.
      const alone: unknown[] = [];
      alone[index] = action;
      return { source, parsed: { ...Object(parsed), actions: alone } };
    });
    return ref;
  });
}

function read(file: string, resolver: SourceFiles): Document {
  try {
    return resolver.parseDocument(new Source(file, readText(file)), true);
  } catch (error) {
    if (error instanceof YamlParseError)
      throw new Failure(`The overlay ${displayPath(file)} could not be read.`, {
        findings: [parseErrorToFinding(error)],
      });
    throw new Failure(`The overlay could not be read: ${(error as Error).message}`);
  }
}

/** Why an action changes nothing, in a sentence; undefined if it changes something, or is not valid. */
function whyIdle({ parsed }: Document, action: unknown): string | undefined {
  const { target, ...fields } = Object(action) as { target?: unknown };
  if (typeof target !== 'string') return undefined;
  if (!['update', 'copy', 'remove', '$ref'].some((key) => key in fields))
    return 'This action changes nothing: give it an update, a copy, or "remove: true".';
  try {
    return paths(parsed as JsonValue, target).length > 0
      ? undefined
      : `This action changes nothing: ${target} selects nothing in the contract.`;
  } catch {
    return undefined;
  }
}
