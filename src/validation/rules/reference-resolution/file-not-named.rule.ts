import { posix } from 'node:path';
import { stringsOf } from '../../content/source-node';
import { ofFile } from '../finding';
import { type Rule, type RuleContext } from '../rule';
import { releasePath } from './named-artifacts';

const SELF_EXPLAINING = /(^|\/)(README|CHANGELOG|LICENSE)(\.[a-z]+)?$/i;

export const rule: Rule = {
  id: 'file-not-named',
  version: 2,
  check: 'REFERENCE_RESOLUTION',
  severity: 'WARNING',
  description: 'A file of the release is named by nothing in it. Silent for kinds without a manifest.',
  *run(context) {
    if (context.manifest === null) return;
    const named = namedPaths(context);
    for (const { path } of context.files) {
      if (path === context.manifest.file.path || SELF_EXPLAINING.test(path) || isNamed(path, named)) continue;
      yield ofFile(path, 'Name the file in the manifest, or delete it.');
    }
  },
};

/** Longer ones name no file, and joining paths is quadratic in them. */
const LONGEST_PATH = 1_000;

/** Whatever a text of a JSON or YAML file can mean as a path: from the release's root and from the file's own directory; a directory ends in a slash. */
function namedPaths({ files }: RuleContext): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { path, root } of files) {
    if (root === null) continue;
    for (const text of stringsOf(root)) {
      const [written = ''] = text.split('#', 1);
      if (written.length > LONGEST_PATH) continue;
      for (const candidate of [written, posix.join(posix.dirname(path), written)]) {
        const inRelease = releasePath(candidate);
        if (inRelease === null) continue;
        named.add(inRelease);
        if (written.includes('/')) named.add(`${inRelease}/`);
      }
    }
  }
  return named;
}

function isNamed(path: string, named: ReadonlySet<string>): boolean {
  if (named.has(path)) return true;
  for (let at = posix.dirname(path); at !== '.' && at !== '/'; at = posix.dirname(at))
    if (named.has(`${at}/`)) return true;
  return false;
}
