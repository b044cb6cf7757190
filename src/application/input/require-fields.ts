import {
  BadUserInput,
  canonicalPackageId,
  isName,
  isOneLine,
  isPackageId,
  isVersion,
  type Layout,
  MessageRequired,
  type PackageId,
  ReasonRequired,
  type Version,
} from '../../domain';

const MAX_TEXT = 500;
const MAX_KEY = 200;

/**
 * A package id in its one spelling. Every package id that enters comes through here, and no caller gets past the layout:
 * a package that is written in two ways would have two histories and one directory.
 * @throws BadUserInput naming the field, for anything that is no package id, and for another spelling of one.
 */
export function requirePackageId(field: string, text: string, layout: Pick<Layout, 'defaultKind'>): PackageId {
  if (!isPackageId(text)) {
    throw new BadUserInput(
      field,
      'is not a package id. It is "name" or "kind/name" of lower-case letters, digits, "_", "." and "-"; ' +
        'a name is not "v" and a version.',
    );
  }
  const id = canonicalPackageId(text, layout.defaultKind);
  if (id === text) return id;
  throw new BadUserInput(field, `${text} is written ${id}: packages of the default kind go by their name alone.`);
}

/** @throws BadUserInput naming the field, for anything but the one spelling of a semantic version. */
export function requireVersion(field: string, text: string): Version {
  if (isVersion(text)) return text;
  throw new BadUserInput(
    field,
    'is not a semantic version. Write it like 1.4.0 or 1.5.0-rc.1, without "v", leading zeros or build metadata.',
  );
}

/** Null when absent. @throws BadUserInput naming the field. */
export function optionalVersion(field: string, text: string | null | undefined): Version | null {
  return text === null || text === undefined ? null : requireVersion(field, text);
}

/** @throws BadUserInput naming the field. */
export function requireDraftId(field: string, text: string): string {
  if (isName(text)) return text;
  throw new BadUserInput(
    field,
    'is not a draft id. It starts with a lower-case letter; then lower-case letters, digits, "_", "." and "-", at most 64.',
  );
}

/** The message of a commit: one line of 1 to 500 characters. @throws MessageRequired, BadUserInput */
export function requireMessage(text: string): string {
  const message = oneLine('message', text, MAX_TEXT);
  if (message === '') throw new MessageRequired();
  return message;
}

/** The reason of a move: one line of 1 to 500 characters. @throws ReasonRequired, BadUserInput */
export function requireReason(text: string): string {
  const reason = oneLine('reason', text, MAX_TEXT);
  if (reason === '') throw new ReasonRequired();
  return reason;
}

/** An optional one-line text; null when absent. @throws BadUserInput */
export function optionalText(field: string, text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const value = oneLine(field, text, MAX_TEXT);
  if (value === '') throw new BadUserInput(field, 'is empty. Leave it out or say something.');
  return value;
}

/** @throws BadUserInput for an empty, long or unprintable key. */
export function optionalIdempotencyKey(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  if (text.length === 0 || text.length > MAX_KEY || !isOneLine(text)) {
    throw new BadUserInput(
      'idempotencyKey',
      `must be 1 to ${String(MAX_KEY)} printable characters, for example a UUID.`,
    );
  }
  return text;
}

function oneLine(field: string, text: string, max: number): string {
  const value = text.normalize('NFC').trim();
  if (value.length > max)
    throw new BadUserInput(field, `has ${String(value.length)} characters; at most ${String(max)} are allowed.`);
  if (!isOneLine(value))
    throw new BadUserInput(field, 'must be one line without control or invisible formatting characters.');
  return value;
}
