import { Failure } from '../cli/failure.ts';
import type { Bump } from './change.ts';

type Version = readonly [major: number, minor: number, patch: number];

/**
 * The version that a change of this kind needs. While the major version is 0, a breaking change raises the minor
 * version, as a range like `^0.1.0` of npm expects.
 *
 * @param version `info.version` of the base
 * @throws {Failure} if it is not a semantic version
 */
export function versionAfter(version: string, bump: Bump): string {
  const [major, minor, patch] = parse(version);
  if (bump === 'patch') return [major, minor, patch + 1].join('.');
  return bump === 'minor' || major === 0 ? [major, minor + 1, 0].join('.') : [major + 1, 0, 0].join('.');
}

/** @throws {Failure} if one of them is not a semantic version */
export function isAtLeast(version: string, needed: string): boolean {
  const [actual, wanted] = [parse(version), parse(needed)];
  const different = actual.findIndex((part, index) => part !== wanted[index]);
  return different === -1 || (actual[different] ?? 0) > (wanted[different] ?? 0);
}

/** Whether it is a version that can be raised. */
export function isVersion(version: string): boolean {
  return semantic.test(version);
}

const semantic = /^(\d+)\.(\d+)\.(\d+)$/;

function parse(version: string): Version {
  const [, ...parts] = semantic.exec(version) ?? [];
  const [major, minor, patch] = parts.map(Number);
  if (major === undefined || minor === undefined || patch === undefined) {
    throw new Failure(
      `info.version is "${version}", which cannot be raised: write three numbers, such as 1.4.0.`,
    );
  }
  return [major, minor, patch];
}
