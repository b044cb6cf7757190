import { entryOf } from '../../content/source-node';
import { atOffset } from '../finding';
import { type Rule } from '../rule';
import { manifestInNeed, pgcContextOf, pgcNode } from './pgc-context';

export const rule: Rule = {
  id: 'pgc-context-not-active',
  version: 1,
  check: 'AUTHORITY_LEVEL',
  severity: 'WARNING',
  description: 'The PGC context comes from a package that has releases, but none is active.',
  *run(context) {
    const manifest = manifestInNeed(context);
    if (manifest === null) return;
    const source = pgcContextOf(context, manifest);
    if (source.from !== 'package' || source.isActive) return;
    const place = pgcNode(manifest.root) ?? entryOf(manifest.root, 'artifacts')?.value ?? manifest.root;
    yield atOffset(
      manifest.file,
      place,
      `The PGC context is \`${source.id}\`, of which no release is active: activate it before or together.`,
      source.id,
    );
  },
};
