import { BadUserInput } from '../../domain';

/**
 * Refuses paths that cannot stand beside each other on every file system: a file where another path needs a directory,
 * and names that differ in case only. Paths that were there before are not judged among themselves.
 *
 * @param fields the new paths and the field that names each in a refusal.
 * @throws BadUserInput
 */
export function refuseClashes(paths: readonly string[], fields: ReadonlyMap<string, string>): void {
  const files = new Set(paths);
  const spellings = new Map<string, Set<string>>();
  for (const path of paths) {
    for (const prefix of prefixes(path)) {
      const same = spellings.get(fold(prefix)) ?? new Set();
      spellings.set(fold(prefix), same.add(prefix));
    }
  }
  for (const [path, field] of fields) {
    for (const prefix of prefixes(path)) {
      const twin = [...(spellings.get(fold(prefix)) ?? [])].find((spelling) => spelling !== prefix);
      if (twin !== undefined) throw new BadUserInput(field, `${prefix} and ${twin} differ in case only.`);
      if (prefix !== path && files.has(prefix)) throw new BadUserInput(field, `${prefix} is a file already.`);
    }
    if (paths.some((other) => other.startsWith(`${path}/`))) {
      throw new BadUserInput(field, `${path} is a directory already.`);
    }
  }
}

/** The path and every directory on its way. */
function prefixes(path: string): readonly string[] {
  const components = path.split('/');
  return components.map((_, index) => components.slice(0, index + 1).join('/'));
}

function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
