import { UnsafeTreeEntry } from '../errors';

/**
 * @throws UnsafeTreeEntry for a name that some system would read as the repository's own directory, as another place, or as
 *   another name than it looks: Git's own rules for every platform at once, since releases are checked out anywhere.
 */
export function refuseUnsafeName(name: string): void {
  if (name === '' || name === '.' || name === '..') throw new UnsafeTreeEntry(name);
  if (/[/\\]|\p{Cc}|\p{Surrogate}/u.test(name)) throw new UnsafeTreeEntry(name);
  if (isGitDirectory(name)) throw new UnsafeTreeEntry(name);
}

/**
 * @param present names that stand there already; they are not judged among themselves.
 * @throws UnsafeTreeEntry for a new name that is another's on a file system that ignores case or normalises.
 */
export function refuseTwins(added: readonly string[], present: readonly string[]): void {
  const wanted = new Set(added.map(fold));
  const seen = new Set(present.map(fold).filter((folded) => wanted.has(folded)));
  for (const name of added) {
    const folded = fold(name);
    if (seen.has(folded)) throw new UnsafeTreeEntry(name, 'differs in case only from a name beside it.');
    seen.add(folded);
  }
}

function fold(name: string): string {
  return (/[^\0-\x7f]/.test(name) ? name.normalize('NFC') : name).toLowerCase();
}

/** `.git` as NTFS (streams, trailing dots and spaces, short name) and HFS+ (ignorable code points) spell it. */
function isGitDirectory(name: string): boolean {
  const visible = name.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu, '');
  const withoutStream = visible.split(':', 1)[0] ?? '';
  return /^(\.git|git~1)[. ]*$/i.test(withoutStream);
}
