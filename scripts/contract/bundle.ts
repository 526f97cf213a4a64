import { bundleDocument, detectSpec, escapePointerFragment, getTypes } from '@redocly/openapi-core';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { isHarmless } from './harmless.ts';
import type { OpenContract } from './open.ts';
import { prepareOverlay } from './overlay.ts';
import { toFindings } from './to-finding.ts';

/** A contract in one document. */
export interface Bundle {
  bundle: object;
  /**
   * Components that were renamed, references that could not be resolved, but are not needed, and actions of the overlay
   * that change nothing.
   */
  warnings: Finding[];
}

/**
 * Bundles the files of a contract into one document, and applies an overlay to it. It changes the parsed files, so lint
 * the contract before.
 *
 * @param overlay absolute path of its file
 * @throws {Failure} if a `$ref` cannot be resolved, or the overlay cannot be applied
 */
export async function bundleContract(contract: OpenContract, overlay?: string): Promise<Bundle> {
  const { document, config, resolver } = contract;
  const version = detectSpec(document.parsed);
  const idle: Finding[] = [];
  const overlays = overlay === undefined ? [] : prepareOverlay(overlay, contract, idle);
  const { bundle, problems } = await bundleDocument({
    document,
    config,
    externalRefResolver: resolver,
    types: config.extendTypes(getTypes(version), version),
    overlays,
    // The rule component-name-unique reports them, with the severity that redocly.yaml has for it.
    componentRenamingConflicts: 'off',
  });
  const found = toFindings(problems, resolver);
  const warnings = found.filter((finding) => finding.severity === 'warning' || isHarmless(finding));
  const findings = found.filter((finding) => !warnings.includes(finding));
  if (findings.length > 0) throw new Failure('The contract could not be bundled.', { findings });
  renameComponents(bundle.parsed as object);
  return { bundle: bundle.parsed as object, warnings: [...warnings, ...idle] };
}

type Node = Record<string, unknown>;

/**
 * Renames components whose names contain `~` or `%`, which OpenAPI does not allow.
 *
 * Such a name comes from a `$ref` with escaped characters (`100%25.yaml`, `#/definitions/a~1b`): Redocly uses its last
 * part as the name without decoding it, and refers to it without escaping it, so that the reference resolves to
 * nothing.
 */
function renameComponents(bundle: object): void {
  const { components = {} } = bundle as { components?: Record<string, Node> };
  const renamed = new Map<string, string>();
  for (const [section, named] of Object.entries(components)) {
    for (const name of Object.keys(Object(named)).filter((each) => /[~%]/.test(each))) {
      let free = name.replace(/[~%]/g, '_');
      while (Object.hasOwn(named, free)) free += '_';
      named[free] = named[name];
      delete named[name];
      const prefix = `#/components/${section}/`;
      // As Redocly writes it, and the correct form.
      for (const each of [name, escapePointerFragment(name)]) renamed.set(prefix + each, prefix + free);
      renamed.set(prefix + encodeURIComponent(escapePointerFragment(name)), prefix + free);
    }
  }
  if (renamed.size > 0) replaceReferences(bundle as Node, renamed, new Set());
}

function replaceReferences(node: Node, renamed: Map<string, string>, visited: Set<Node>): void {
  if (visited.has(node)) return;
  visited.add(node);
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') node[key] = renamed.get(value) ?? value;
    else if (typeof value === 'object' && value !== null) replaceReferences(value as Node, renamed, visited);
  }
}
