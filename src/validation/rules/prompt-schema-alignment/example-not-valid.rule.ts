import { atOffset, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'example-not-valid',
  version: 1,
  check: 'PROMPT_SCHEMA_ALIGNMENT',
  severity: 'ERROR',
  description: 'A prompt calls an example complete or valid, and the output schema refuses it.',
  *run({ prompts }) {
    for (const { file, schema, refusedExamples } of prompts)
      for (const { offset, errors } of refusedExamples) {
        const message =
          `The prompt calls this example complete, and ${schema.file.path} refuses it: ${errors.slice(0, 3).map(quote).join(', ')}. ` +
          'Correct the example or the schema, or say that it shows a part only.';
        yield atOffset(file, { start: offset, pointer: null }, message);
      }
  },
};
