import { isName, isVersion } from '../../domain';

/** What a directory says of a release, read by the pattern of a kind. Neither part is checked against its grammar. */
export interface PatternMatch {
  readonly name: string;
  readonly version: string;
}

/** Id and version that a directory's path spells; null when it does not have the shape of the pattern. */
export function matchPattern(pattern: string, path: string): PatternMatch | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  let name: string | null = null;
  let version: string | null = null;
  for (const [index, component] of wanted.entries()) {
    const value = given[index] ?? '';
    if (component === '{id}') name = value;
    else if (component === '{version}') version = value;
    else if (component !== value) return null;
  }
  return name === null || version === null ? null : { name, version };
}

/** True when one path could be, or lie inside, a release of both patterns. */
export function patternsOverlap(a: string, b: string): boolean {
  const left = a.split('/');
  const right = b.split('/');
  return left.slice(0, right.length).every((component, index) => canBeSame(component, right[index] ?? ''));
}

/** True when a path is the place of a release of the pattern, or one of the directories on the way to it. */
export function reachesInto(path: string, pattern: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return given.length <= wanted.length && given.every((name, index) => canBeSame(wanted[index] ?? '', name));
}

function canBeSame(a: string, b: string): boolean {
  if (a === b) return true;
  if (a === '{id}') return isName(b);
  if (a === '{version}') return isVersion(b);
  // Names begin with a letter, versions with a digit: the two placeholders never meet.
  return b.startsWith('{') && canBeSame(b, a);
}
