// Prints what a person sees of each edit, and a table of how much that is: npx node test/contract/messages/print.ts
import { edits } from './edits.ts';
import { replay } from './replay.ts';

const rows: string[] = [];
for (const edit of edits) {
  const { text, rules, lines } = await replay(edit);
  console.log(`=== ${edit.name}\n\n${text}`);
  rows.push(`| ${edit.name} | ${rules.length} | ${lines} |`);
}
console.log(['| edit | findings | lines |', '|---|---:|---:|', ...rows].join('\n'));
