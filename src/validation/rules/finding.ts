import { type ReleaseFile } from '../content/release-file';
import { type SourceNode } from '../content/source-node';
import { withoutSecrets } from '../secrets/find-secrets';
import { type RuleFinding } from './rule';

/** A finding about a whole file, or one that is missing. */
export function ofFile(path: string, message: string, value: unknown = null): RuleFinding {
  return { message, path, pointer: null, line: null, column: null, value };
}

/** A finding at an offset of a file. */
export function atOffset(
  file: ReleaseFile,
  place: { readonly start: number; readonly pointer: string | null },
  message: string,
  value: unknown = null,
): RuleFinding {
  return { message, path: file.path, pointer: place.pointer, ...file.placeOf(place.start), value };
}

/** A finding at a value; a scalar is the offending value itself. */
export function atNode(file: ReleaseFile, node: SourceNode, message: string): RuleFinding {
  return atOffset(file, node, message, node.type === 'scalar' ? node.value : null);
}

const LONGEST_QUOTE = 80;

/** A value from content as a message shows it: short, in backticks, and with `[secret]` for what is one. */
export function quote(value: unknown): string {
  // Before the cut: half a secret is not recognised, and still half a secret.
  const text = withoutSecrets(typeof value === 'string' ? value : JSON.stringify(value));
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `\`${short}\``;
}
