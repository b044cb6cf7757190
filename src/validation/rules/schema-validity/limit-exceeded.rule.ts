import { atOffset } from '../finding';
import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'limit-exceeded',
  version: 2,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A file or the release is larger, deeper or longer than what is read.',
  *run(context) {
    yield* problemsOf(context, 'limit');
    for (const { file, root, excess } of context.schemas)
      if (excess !== null) yield atOffset(file, root, excess.message);
  },
};
