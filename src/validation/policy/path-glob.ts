const PART = /^(?:\*\*|[A-Za-z0-9_.*? -]+)$/;

/**
 * Why a text is no pattern of paths; null when it is one: `*` and `?` within a name, `**` for any number of directories.
 * What other tools know besides (braces, classes, negation) is refused, so that none of it is taken literally.
 */
export function globFault(glob: string): string | null {
  const parts = glob.split('/');
  const isPattern = parts.every(
    (part) => PART.test(part) && part !== '.' && part !== '..' && (part === '**' || !part.includes('**')),
  );
  return isPattern
    ? null
    : 'Write each of `paths` relative to the release directory, with `*` and `?` within a name and `**` for directories.';
}

/** A pattern of paths as a regular expression that the whole path has to match. */
export function globPattern(glob: string): string {
  const parts = glob.split('/');
  return parts
    .map((part, index) => {
      const isLast = index === parts.length - 1;
      if (part === '**') return isLast ? '.+' : '(?:[^/]+/)*';
      const name = part.replaceAll('.', '\\.').replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
      return isLast ? name : `${name}/`;
    })
    .join('');
}
