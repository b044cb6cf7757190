import { BadUserInput } from '../../domain';

/** Longest path of a file, relative to the release directory, in characters. */
export const MAX_PATH_LENGTH = 240;

const COMPONENT = /^[A-Za-z0-9_.@+=,() -]+$/;

/** No clone on Windows can have such a file, whatever its name ends in. */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9]) *(\.|$)/i;

/**
 * Refuses a path that no file of a release may have: one that leaves the directory, that Git or a file system would
 * read as something else, or that is longer than {@link MAX_PATH_LENGTH}.
 * @throws BadUserInput naming `field`.
 */
export function requireArtifactPath(path: string, field: string): void {
  const why = path.length > MAX_PATH_LENGTH ? `is longer than ${MAX_PATH_LENGTH} characters` : faultOf(path);
  if (why !== null) throw new BadUserInput(field, `${JSON.stringify(path.slice(0, MAX_PATH_LENGTH))} ${why}.`);
}

function faultOf(path: string): string | null {
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute: give it relative to the release directory';
  for (const component of path.split('/')) {
    if (component === '') return 'has an empty component';
    if (component === '.' || component === '..') return `may not hold ${JSON.stringify(component)}`;
    if (!COMPONENT.test(component)) return 'may hold letters, digits, spaces and _.@+=,()- only, separated by "/"';
    if (/^[ -]|[ .]$/.test(component)) return 'has a component that begins with " " or "-" or ends in " " or "."';
    if (WINDOWS_DEVICE.test(component)) return `may not hold ${JSON.stringify(component)}, a device on Windows`;
    // Git gives these a meaning, in any case and at any depth; .gitkeep has none.
    if (/^\.git(?!keep$)/i.test(component)) return `may not hold ${JSON.stringify(component)}`;
  }
  return null;
}
