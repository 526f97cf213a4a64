// Loaded before the program that is measured, with --import, and by each Node process that it starts in turn.
import { appendFileSync } from 'node:fs';

process.on('exit', () => {
  appendFileSync(process.env.PEAK_MEMORY_FILE, `${process.resourceUsage().maxRSS}\n`);
});
