/** How a file is read: what is neither JSON nor YAML is text. */
export type FileFormat = 'json' | 'yaml' | 'text';

/** The format a file name promises. */
export function formatOf(path: string): FileFormat {
  if (/\.json$/i.test(path)) return 'json';
  return /\.ya?ml$/i.test(path) ? 'yaml' : 'text';
}
