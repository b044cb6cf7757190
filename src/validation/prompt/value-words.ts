import { type DemandedValue, type DemandedValues } from './prompt-demands';

/** Words that say what a value is, instead of being one. */
const KINDS_OF_VALUES = new Set(
  (
    'any array bool boolean choice complete date datetime decimal double enum example false field float free guid id ' +
    'int integer json key list long map mandatory markdown max min multiple name none null nullable number numeric object ' +
    'optional plain placeholder recommended required short single string strings text time timestamp title true type ' +
    'undefined unique uri url uuid value version'
  ).split(' '),
);

const LONGEST = 2_000;
const MOST = 200;
const ONE_OF =
  /^(?:must be |should be |is )?(?:exactly )?(?:one|any) of(?: the following| these)?(?: values)?\s*:?\s*/i;
const TOKEN = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;

/** True for a word that can be a value of an enumeration: one token, and no name of a type. */
export function isValueWord(word: string): boolean {
  return (
    word.length <= 100 &&
    TOKEN.test(word) &&
    !KINDS_OF_VALUES.has(word.toLowerCase()) &&
    !/(?:_name|_id|_here)$/.test(word)
  );
}

/**
 * The values that a text in a skeleton offers: `one of: a | b`, `a | b`, `a|b`. Null when it offers none, or when one of
 * them is more than a word: then it may be a description.
 */
export function valuesInText(text: string, offset: number): DemandedValues | null {
  if (text.length > LONGEST) return null;
  const prefix = ONE_OF.exec(text)?.[0].length ?? 0;
  const rest = text.slice(prefix);
  const separators = rest.includes('|') ? /\|/g : prefix > 0 ? /,|\/|\bor\b/g : null;
  if (separators === null) return null;
  const values = wordsBetween(rest, separators, offset + prefix);
  return values === null || values.length < 2 ? null : { kind: 'alternatives', values };
}

/** The one word of a text, which may be a constant or stand for something; null when it is no single word. */
export function shownValue(text: string, offset: number): DemandedValues | null {
  return isValueWord(text) ? { kind: 'shown', values: [{ value: text, offset }] } : null;
}

/**
 * Values in the words behind a field of a list: `"a" | "b"`, `one of: a, b`, `must be "a"`, `a | b`, `a/b/c`. `offset` is
 * where `text` stands. Null when it is not certain that these are values.
 */
export function valuesInRemark(text: string, offset: number): DemandedValues | null {
  const limited = text.slice(0, LONGEST);
  const lead = ONE_OF.exec(limited)?.[0] ?? MUST_BE.exec(limited)?.[0] ?? '';
  const sequence = readSequence(limited, lead.length, offset);
  if (sequence.values.length === 0) return null;
  const rest = limited.slice(sequence.end);
  const endsThere = /^\s*(?:[.;(]|$)/.test(rest);
  if (!endsThere || TRANSLATED.test(rest)) return null;
  // One text between quotes may be a label as well.
  const isOffered = sequence.values.length > 1 || lead !== '';
  const isMeant = lead !== '' || sequence.values.every(({ value }) => isValueWord(String(value)));
  if (sequence.isQuoted && isOffered && isMeant) return { kind: 'alternatives', values: sequence.values };
  if (sequence.values.length < 2 || !sequence.values.every(({ value }) => isValueWord(String(value)))) return null;
  const isChoice = ONE_OF.test(lead) || sequence.separators.has('|');
  if (!isChoice && !sequence.separators.has('/')) return null;
  return { kind: isChoice ? 'alternatives' : 'words', values: sequence.values };
}

const MUST_BE =
  /^(?:(?:must|shall|should|has to) (?:always )?(?:be|equal)|always|exactly|set to|=|equals)\s*:?\s*(?:either )?(?:set to )?/i;
/** The values before it are those of something else, or not the ones to write. */
const TRANSLATED =
  /\b(?:old|legacy|former|formerly|previous|source|upstream|map|maps|mapped|convert|converted|translate|rename|renamed|deprecated|becomes?|instead)\b/i;
const QUOTED = /"([^"\n]{1,100})"|`"?([^`"\n]{1,100})"?`/y;
const BARE = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*/uy;
const SEPARATOR = /\s*(?:(\||\/|,\s*(?:or\b)?|\bor\b))\s*/y;

interface Sequence {
  readonly values: readonly DemandedValue[];
  readonly separators: ReadonlySet<string>;
  readonly isQuoted: boolean;
  readonly end: number;
}

/** Reads `"a", "b" or "c"`, all quoted or all bare. */
function readSequence(text: string, start: number, offset: number): Sequence {
  const values: DemandedValue[] = [];
  const separators = new Set<string>();
  const isQuoted = matchAt(QUOTED, text, start) !== null;
  let at = start;
  let end = start;
  while (values.length < MOST) {
    const match = matchAt(isQuoted ? QUOTED : BARE, text, at);
    if (match === null) break;
    const value = isQuoted ? (match[1] ?? match[2] ?? '') : match[0].replace(/\.$/, '');
    values.push({ value, offset: offset + at + match[0].indexOf(value) });
    end = at + (isQuoted ? match[0].length : value.length);
    const separator = matchAt(SEPARATOR, text, end);
    if (separator === null) break;
    separators.add((separator[1] ?? '').charAt(0));
    at = end + separator[0].length;
  }
  return { values, separators, isQuoted, end };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function wordsBetween(text: string, separators: RegExp, offset: number): DemandedValue[] | null {
  const values: DemandedValue[] = [];
  const add = (from: number, to: number): boolean => {
    const part = text.slice(from, to);
    const word = part.trim().replace(/^["'`]|["'`.]$/g, '');
    if (word.toLowerCase() === 'null') return true;
    if (!isValueWord(word) || values.length >= MOST) return false;
    return values.push({ value: word, offset: offset + from + part.indexOf(word) }) > 0;
  };
  let from = 0;
  for (const match of text.matchAll(separators)) {
    if (!add(from, match.index)) return null;
    from = match.index + match[0].length;
  }
  return add(from, text.length) ? values : null;
}
