import { enableCompileCache } from 'node:module';
import { compiledFolder } from '../cli/project.ts';
import { verifyService } from '../verify/command.ts';
import { nectarSteps } from './verify-steps.ts';

enableCompileCache(compiledFolder);

await verifyService(process.argv.slice(2), process.env, nectarSteps);
