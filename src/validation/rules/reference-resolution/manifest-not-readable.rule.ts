import { atNode } from '../finding';
import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'manifest-not-readable',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'The manifest is not a mapping in plain YAML.',
  *run(context) {
    const { manifestFile: file } = context;
    if (file === null) return;
    for (const finding of problemsOf(context, 'syntax', 'feature')) if (finding.path === file.path) yield finding;
    if (file.root !== null && file.root.type !== 'map')
      yield atNode(file, file.root, 'Write the manifest as a mapping of keys to values.');
  },
};
