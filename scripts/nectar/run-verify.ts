import { verifyService } from '../verify/command.ts';
import { nectarSteps } from './verify-steps.ts';

await verifyService(process.argv.slice(2), process.env, nectarSteps);
