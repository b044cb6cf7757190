import { atOffset } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'schema-does-not-compile',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A schema keeps the rules of its dialect and still cannot be made into a validator.',
  *run({ schemas }) {
    for (const { file, root, compileError } of schemas)
      if (compileError !== null)
        yield atOffset(file, root, `No validator can be made of this schema: ${compileError}.`);
  },
};
