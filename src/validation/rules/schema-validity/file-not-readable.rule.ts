import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'file-not-readable',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A schema or another JSON or YAML file, the manifest aside, is not JSON or plain YAML.',
  *run(context) {
    for (const finding of problemsOf(context, 'syntax', 'feature'))
      if (finding.path !== context.manifestFile?.path) yield finding;
  },
};
