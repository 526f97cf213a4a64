import { Extensions } from './extensions.ts';
import { KeyOrder } from './key-order.ts';
import { Provenance } from './provenance.ts';

// Loaded by redocly.yaml. Each rule's message says what to do, as it is all that its reader sees.
export default function contractPlugin() {
  return {
    id: 'contract',
    rules: { oas3: { provenance: Provenance, extensions: Extensions, 'key-order': KeyOrder } },
  };
}
