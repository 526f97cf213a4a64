import { CommonErrors } from './errors.ts';
import { NamedEvents } from './events.ts';
import { MatchingExamples, NamedExamples } from './examples.ts';
import { Extensions } from './extensions.ts';
import { FieldDescription, OpenObjects } from './fields.ts';
import { FileNames, NoUnusedFiles } from './files.ts';
import { KeyOrder } from './key-order.ts';
import { Provenance } from './provenance.ts';
import { NoTodo } from './todos.ts';

// Loaded by redocly.yaml. The message of each rule says how to fix the problem.
export default function contractPlugin() {
  return {
    id: 'contract',
    rules: {
      oas3: {
        provenance: Provenance,
        extensions: Extensions,
        'key-order': KeyOrder,
        'field-description': FieldDescription,
        'open-objects': OpenObjects,
        'named-examples': NamedExamples,
        'matching-examples': MatchingExamples,
        'common-errors': CommonErrors,
        'named-events': NamedEvents,
        'file-names': FileNames,
        'no-unused-files': NoUnusedFiles,
        'no-todo': NoTodo,
      },
    },
  };
}
