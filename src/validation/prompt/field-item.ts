import { type DemandedField } from './prompt-demands';
import { valuesInRemark } from './value-words';

/** A line of a list that names a field: `- name`, `- name: text`, `- name (a, b, c)`, `` - `a.b`: text ``. */
export interface FieldItem {
  readonly fields: readonly DemandedField[];
  /** Where the fields below this line belong: the fields of the last name. */
  readonly inner: DemandedField[];
}

const LONGEST = 2_000;
const MOST_NAMES = 50;
const NAME = '[A-Za-z_$][\\w$]*(?:\\[\\d*\\])?';
const PATH = new RegExp(`${NAME}(?:\\.${NAME})*`, 'y');
const CODE = new RegExp(`(?:\\*\\*|__)?(?:\`"?|")(${NAME}(?:\\.${NAME})*)(?:"?\`|")(?:\\*\\*|__)?`, 'y');
const BOLD = new RegExp(`\\*\\*(${NAME}(?:\\.${NAME})*):?\\*\\*`, 'y');
const COMMA = /\s*,\s*(?:and\s+)?/y;
const END = /\s*(?::\s*|\(|[-–—=](?:>|\s)\s*|→\s*|$)/y;
const VERBS = '(?:include|output|add|emit|return|write|produce|set|fill|use|generate|populate|provide)';
/** Says of a field that it is left out. */
const LEFT_OUT = new RegExp(
  `^\\W*(?:please )?(?:(?:do not|don't|never|must not|should not|not to be|must never) (?:be )?${VERBS}(?:d|ed|ted|ten|led)?\\b|` +
    '(?:leave|left) (?:it |this )?out\\b|omit(?:ted)?\\b|exclude[d]?\\b|skip(?:ped)?\\b|(?:no longer|not) (?:used|needed|allowed|supported|part)\\b|' +
    'deprecated\\b|removed\\b|obsolete\\b|(?:added|set|filled in|generated|assigned) by\\b)|' +
    `\\b(?:do not|don't|never|must not) ${VERBS} (?:it|this|this field|this key)\\b|` +
    '\\b(?:the|our) (?:system|server|platform|service|application) (?:adds|sets|fills|generates|assigns)\\b',
  'i',
);
const OPTIONAL = /^\W*(?:optional\b|if\b|when\b|where\b|only\b)/i;

/** Reads a line without its marker; null when it does not begin with the name of a field. */
export function readFieldItem(line: string, offset: number): FieldItem | null {
  const text = line.slice(0, LONGEST);
  const heads = readHeads(text);
  if (heads === null) return null;
  const { names, end } = heads;
  const separator = matchAt(END, text, end);
  if (separator === null) return null;
  const isAside = separator[0].endsWith('(');
  const rest = end + separator[0].length;
  const closing = isAside ? text.indexOf(')', rest) : -1;
  const aside = isAside ? text.slice(rest, closing < 0 ? text.length : closing) : '';
  const remark = isAside ? (closing < 0 ? text.length : closing + 1) : rest;
  const after = remark + (isAside ? (matchAt(/\s*(?::|[-–—])?\s*/y, text, remark)?.[0].length ?? 0) : 0);
  const said = text.slice(after).replaceAll('’', "'");
  // A field that is to be left out is none of the list.
  if (LEFT_OUT.test(said) || LEFT_OUT.test(aside.replaceAll('’', "'"))) return { fields: [], inner: [] };
  const isOptional =
    OPTIONAL.test(aside) || OPTIONAL.test(text.slice(after)) || text.slice(after).includes('(optional');

  const fields = names.map((name, at): { root: DemandedField; inner: DemandedField[] } => {
    const isLast = at === names.length - 1;
    const inner = isLast
      ? innerFields(text, { aside, asideAt: rest, after }, offset)
      : { fields: [], isComplete: false };
    const values = isLast ? valuesInRemark(text.slice(after), offset + after) : null;
    return nest(name, { offset, isOptional, inner, values });
  });
  return { fields: fields.map(({ root }) => root), inner: fields.at(-1)?.inner ?? [] };
}

interface Head {
  readonly path: readonly string[];
  readonly at: number;
  readonly isCode: boolean;
}

function readHeads(text: string): { readonly names: readonly Head[]; readonly end: number } | null {
  const names: Head[] = [];
  let end = 0;
  for (let at = 0; names.length < MOST_NAMES;) {
    const head = readHead(text, at);
    if (head === null) break;
    names.push(head.name);
    end = head.end;
    const comma = head.name.isCode ? matchAt(COMMA, text, end) : null;
    if (comma === null) break;
    at = end + comma[0].length;
  }
  return names.length === 0 ? null : { names, end };
}

function readHead(text: string, at: number): { readonly name: Head; readonly end: number } | null {
  const marked = matchAt(CODE, text, at) ?? matchAt(BOLD, text, at);
  if (marked !== null) {
    const written = marked[1] ?? '';
    const isCode = !marked[0].startsWith('**') || marked[0].includes('`') || looksLikeCode(written);
    if (!isCode && !/^[a-z]/.test(written)) return null;
    return {
      name: { path: stepsOf(written), at: at + marked[0].indexOf(written), isCode },
      end: at + marked[0].length,
    };
  }
  const bare = matchAt(PATH, text, at)?.[0];
  if (bare === undefined || !/^[a-z_$]/.test(bare)) return null;
  return { name: { path: stepsOf(bare), at, isCode: looksLikeCode(bare) }, end: at + bare.length };
}

/** A name that no prose has: `snake_case`, `camelCase`, `a.b`, `a[]`. */
export function looksLikeCode(name: string): boolean {
  return /[_.[$]|[a-z][A-Z]/.test(name);
}

/** The names of a dotted path, without the brackets of lists and the `$` that stands for the document. */
export function stepsOf(written: string): readonly string[] {
  const steps = written.split('.').map((step) => step.replace(/\[\d*\]$/, ''));
  return steps.length > 1 && steps[0] === '$' ? steps.slice(1) : steps;
}

/** A field below the fields its path leads through. */
function nest(
  { path, at, isCode }: Head,
  rest: {
    readonly offset: number;
    readonly isOptional: boolean;
    readonly inner: { readonly fields: DemandedField[]; readonly isComplete: boolean };
    readonly values: DemandedField['values'];
  },
): { readonly root: DemandedField; readonly inner: DemandedField[] } {
  const { isOptional, inner, values } = rest;
  const offset = rest.offset + at;
  const last = { name: path.at(-1) ?? '', offset, isCode, isOptional, shape: null, values };
  let root: DemandedField = { ...last, fields: inner.fields, hasAllFields: inner.isComplete };
  for (const name of path.slice(0, -1).reverse())
    root = { name, offset, isCode, isOptional, shape: null, values: null, fields: [root], hasAllFields: false };
  return { root, inner: inner.fields };
}

const WITH = /\b(?:with|containing|including|contains|has)\s+/y;
const SHAPE = /^(?:an? |the )?(?:array|list|object|map|objects|records?)\b/i;

/** `(a, b, c)` and `Array with a, b and c`: names of fields, or of values where the field is no object. */
function innerFields(
  text: string,
  { aside, asideAt, after }: { readonly aside: string; readonly asideAt: number; readonly after: number },
  offset: number,
): { fields: DemandedField[]; isComplete: boolean } {
  const isPartial = /^(?:with|including|e\.g\.|such as|incl\.)\s/i.exec(aside);
  const start = isPartial?.[0].length ?? 0;
  const listed = namesIn(aside.slice(start), offset + asideAt + start);
  if (listed.names.length > 0 && listed.isAll && (listed.names.length > 1 || listed.names[0]?.isCode === true))
    return { fields: listed.names, isComplete: isPartial === null };
  const remark = text.slice(after);
  if (aside !== '' || !SHAPE.test(remark)) return { fields: [], isComplete: false };
  for (let at = remark.indexOf(' '); at >= 0 && at < 120; at = remark.indexOf(' ', at + 1)) {
    const lead = matchAt(WITH, remark, at + 1);
    if (lead === null) continue;
    const from = at + 1 + lead[0].length;
    const end = remark.slice(from).search(/[.;:(\n]|$/);
    const { names } = namesIn(remark.slice(from, from + end), offset + after + from);
    return { fields: names, isComplete: false };
  }
  return { fields: [], isComplete: false };
}

/** Names between commas; `isAll` when every part is a name and nothing else. */
function namesIn(text: string, offset: number): { readonly names: DemandedField[]; readonly isAll: boolean } {
  const names: DemandedField[] = [];
  let isAll = true;
  let from = 0;
  for (const match of [...text.slice(0, LONGEST).matchAll(/,\s*(?:and |or )?| and | or |$/g)]) {
    const part = text.slice(from, match.index);
    const word = part.trim().replace(/^["`]+|["`]+$/g, '');
    const isName = /^[A-Za-z_$][\w$]*$/.test(word) && (/^[a-z_$]/.test(word) || looksLikeCode(word));
    if (isName && names.length < MOST_NAMES)
      names.push({
        name: word,
        offset: offset + from + part.indexOf(word),
        isCode: looksLikeCode(word) || /["`]/.test(part),
        isOptional: false,
        shape: null,
        values: null,
        fields: [],
        hasAllFields: false,
      });
    else if (word !== '') isAll = false;
    from = match.index + match[0].length;
  }
  return { names, isAll };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
