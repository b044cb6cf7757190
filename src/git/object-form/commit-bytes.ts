import { ObjectMissing, UnsafeSignature } from '../errors';
import { type CommitObject, type ObjectId, type Signature, type TagObject } from '../git-repository';
import { isObjectId } from './object-id';

/**
 * The exact bytes of a commit: nothing is added to or trimmed from what is given, and every date is at `+0000`.
 *
 * @throws UnsafeSignature for text that could pose as another header; ObjectMissing for a tree or parent that is no id.
 */
export function encodeCommit(commit: CommitObject): Buffer {
  return encode(
    [
      `tree ${checked(commit.tree)}`,
      ...commit.parents.map((parent) => `parent ${checked(parent)}`),
      `author ${signed(commit.author)}`,
      `committer ${signed(commit.committer)}`,
    ],
    commit.message,
  );
}

/** The exact bytes of an annotated tag of a commit. @throws as {@link encodeCommit} */
export function encodeTag(tag: TagObject): Buffer {
  return encode(
    [`object ${checked(tag.object)}`, 'type commit', `tag ${oneLine(tag.tag)}`, `tagger ${signed(tag.tagger)}`],
    tag.message,
  );
}

/** Reads any commit, also one of another author: signatures, encodings and time zones are left out. @throws RangeError when a header is missing. */
export function decodeCommit(bytes: Buffer): CommitObject {
  const { headers, message } = decode(bytes);
  return {
    tree: one(headers, 'tree'),
    parents: headers.filter((header) => header.key === 'parent').map((header) => header.value),
    author: signature(one(headers, 'author')),
    committer: signature(one(headers, 'committer')),
    message,
  };
}

/** @throws RangeError when a header is missing. */
export function decodeTag(bytes: Buffer): TagObject {
  const { headers, message } = decode(bytes);
  return {
    object: one(headers, 'object'),
    tag: one(headers, 'tag'),
    tagger: signature(one(headers, 'tagger')),
    message,
  };
}

interface Header {
  readonly key: string;
  readonly value: string;
}

function encode(headers: readonly string[], message: string): Buffer {
  if (message.includes('\0')) throw new UnsafeSignature(message);
  return Buffer.from(`${headers.join('\n')}\n\n${message}`);
}

function decode(bytes: Buffer): { headers: readonly Header[]; message: string } {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text.replace(/\n$/, '') : text.slice(0, end);
  // Lines that begin with a space continue the header above (signatures); no header read here has any.
  const headers = head
    .split('\n')
    .filter((line) => !line.startsWith(' '))
    .map((line) => {
      const space = line.indexOf(' ');
      return { key: line.slice(0, space), value: line.slice(space + 1) };
    });
  return { headers, message: end < 0 ? '' : text.slice(end + 2) };
}

function one(headers: readonly Header[], key: string): string {
  const found = headers.find((header) => header.key === key);
  if (found === undefined) throw new RangeError(`There is no ${key} header.`);
  return found.value;
}

function signed({ name, email, seconds }: Signature): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw new UnsafeSignature(String(seconds));
  return `${oneLine(name)} <${oneLine(email)}> ${seconds} +0000`;
}

/** Old programs wrote what Git would not write today: an address with brackets in it, no date. Such a commit is readable all the same. */
function signature(value: string): Signature {
  const open = value.indexOf('<');
  const close = value.lastIndexOf('>');
  if (open < 0 || close < open) return { name: value.trim(), email: '', seconds: 0 };
  const [, seconds = '0'] = /^ *(-?\d+)(?: .*)?$/.exec(value.slice(close + 1)) ?? [];
  return { name: value.slice(0, open).trimEnd(), email: value.slice(open + 1, close), seconds: Number(seconds) };
}

function oneLine(text: string): string {
  if (text.trim() === '' || /[<>]|\p{Cc}/u.test(text)) throw new UnsafeSignature(text);
  return text;
}

function checked(oid: ObjectId): ObjectId {
  if (!isObjectId(oid)) throw new ObjectMissing(oid);
  return oid;
}
