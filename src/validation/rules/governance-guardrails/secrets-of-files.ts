import { type ReleaseFile } from '../../content/release-file';
import { pointerAtOffset, type SourceNode } from '../../content/source-node';
import { findSecrets } from '../../secrets/find-secrets';
import { type Secret } from '../../secrets/secret';
import { atOffset } from '../finding';
import { type RuleContext, type RuleFinding } from '../rule';
import { atMostPerFile } from './at-most-per-file';

/** A finding for each secret of a type. It says what kind of secret, never which: not even as a digest. */
export function* secretsOfType(
  { files }: RuleContext,
  type: Secret['type'],
  messageFor: (name: string) => string,
): Generator<RuleFinding> {
  for (const file of files) {
    const secrets = secretsOf(file).filter((secret) => secret.type === type);
    yield* atMostPerFile(
      secrets.map(({ name, start, pointer }, index) =>
        atOffset(file, { start, pointer }, messageFor(name), [name, index]),
      ),
    );
  }
}

interface PlacedSecret {
  readonly type: Secret['type'];
  readonly name: string;
  readonly start: number;
  readonly pointer: string | null;
}

/** Three rules ask for the same file. */
const known = new WeakMap<ReleaseFile, readonly PlacedSecret[]>();

function secretsOf(file: ReleaseFile): readonly PlacedSecret[] {
  const found = known.get(file) ?? [...placedSecrets(file)].sort((a, b) => a.start - b.start);
  known.set(file, found);
  return found;
}

/** As the text is written, and where only the value that is written with escapes or over several lines shows it. */
function* placedSecrets({ text, root }: ReleaseFile): Generator<PlacedSecret> {
  if (text === null) return;
  const written = findSecrets(text);
  for (const { type, name, start } of written) yield { type, name, start, pointer: pointerAtOffset(root, start) };
  if (root === null) return;
  for (const { value, pointer, start, end } of textsOf(root)) {
    if (text.startsWith(value, start) || text.startsWith(value, start + 1)) continue;
    if (written.some((secret) => secret.start < end && secret.end > start)) continue;
    for (const { type, name } of findSecrets(value)) yield { type, name, start, pointer };
  }
}

interface PlacedText {
  readonly value: string;
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
}

/** All texts of a document, keys included. */
function* textsOf(node: SourceNode): Generator<PlacedText> {
  switch (node.type) {
    case 'scalar':
      if (typeof node.value === 'string')
        yield { value: node.value, pointer: node.pointer, start: node.start, end: node.end };
      return;
    case 'list':
      for (const item of node.items) yield* textsOf(item);
      return;
    case 'map':
      for (const { key, keyStart, value } of node.entries) {
        yield { value: key, pointer: value.pointer, start: keyStart, end: value.start };
        yield* textsOf(value);
      }
  }
}
