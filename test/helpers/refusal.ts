import { stripVTControlCharacters } from 'node:util';
import { targetFor } from '../../scripts/cli/apis.ts';
import { displayPath } from '../../scripts/cli/display-path.ts';
import { Failure } from '../../scripts/cli/failure.ts';
import { formatFailure } from '../../scripts/cli/format-findings.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generate } from '../../scripts/generate/generate.ts';

/**
 * What gen prints when it refuses a contract, as it reads in the folder of the contract. Undefined when it does not
 * refuse.
 *
 * @throws any other error, which would be a bug of the toolchain
 */
export async function refusalOf(
  folder: string,
  file: string,
  allowRemote = false,
): Promise<string | undefined> {
  try {
    await generate(targetFor(`${folder}/${file}`, `${folder}/out`, { allowRemote }), silentStep);
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const text = stripVTControlCharacters(formatFailure(error));
    return text.replaceAll(`${displayPath(folder)}/`, '').replaceAll(`${folder}/`, '');
  }
}
