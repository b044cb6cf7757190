/** Part of a regular expression that texts can be made from; `variation` chooses among them. */
type Part = (variation: number) => string;

/**
 * Texts that a regular expression probably matches: whoever uses them checks. Empty for what is not understood here
 * (look-around, back-references, Unicode classes).
 */
export function textsLike(pattern: string, variations: number): readonly string[] {
  const part = parse(pattern);
  if (part === null) return [];
  return [...new Set(Array.from({ length: variations }, (_, variation) => part(variation)))];
}

class NotUnderstood extends Error {}

const LONGEST_REPEAT = 64;

function parse(pattern: string): Part | null {
  const symbols = Array.from(pattern);
  let at = 0;
  try {
    const part = alternatives();
    return at === symbols.length ? part : null;
  } catch (error) {
    if (error instanceof NotUnderstood) return null;
    throw error;
  }

  function alternatives(): Part {
    const branches = [sequence()];
    while (symbols[at] === '|') {
      at += 1;
      branches.push(sequence());
    }
    return (variation) => branches[variation % branches.length]?.(variation) ?? '';
  }

  function sequence(): Part {
    const parts: Part[] = [];
    for (let next = symbols[at]; next !== undefined && next !== '|' && next !== ')'; next = symbols[at])
      parts.push(repeated(atom()));
    return (variation) => parts.map((part) => part(variation)).join('');
  }

  function atom(): Part {
    const symbol = symbols[at++];
    if (symbol === '^' || symbol === '$') return () => '';
    if (symbol === '.') return oneOf('a1 -');
    if (symbol === '[') return characterClass();
    if (symbol === '\\') return escaped();
    if (symbol !== '(') return () => symbol ?? '';
    if (symbols[at] === '?') {
      if (symbols[at + 1] !== ':') throw new NotUnderstood();
      at += 2;
    }
    const inner = alternatives();
    if (symbols[at++] !== ')') throw new NotUnderstood();
    return inner;
  }

  function repeated(part: Part): Part {
    const [least, most] = quantifier();
    return (variation) => {
      const times = Math.min(least + variation, most, LONGEST_REPEAT);
      // Each repetition varies by itself, so that texts are not all alike.
      return Array.from({ length: times }, (_, index) => part(variation + index)).join('');
    };
  }

  function quantifier(): readonly [least: number, most: number] {
    const rest = symbols.slice(at, at + 24).join('');
    const [written, simple, from, comma, to] = /^(?:([*+?])|\{(\d{1,4})(,(\d{1,4})?)?\})\??/.exec(rest) ?? [];
    if (written === undefined) return [1, 1];
    at += written.length;
    if (simple !== undefined) return simple === '?' ? [0, 1] : [simple === '*' ? 0 : 1, Infinity];
    const least = Number(from);
    return [least, comma === undefined ? least : to === undefined ? Infinity : Number(to)];
  }

  function escaped(): Part {
    const symbol = symbols[at++] ?? '';
    const known = CLASSES[symbol];
    if (known !== undefined) return oneOf(known);
    if (symbol === 'b' || symbol === 'B') return () => '';
    if (/[a-zA-Z0-9]/.test(symbol)) throw new NotUnderstood();
    return () => symbol;
  }

  function characterClass(): Part {
    const isNegated = symbols[at] === '^';
    if (isNegated) at += 1;
    let members = '';
    for (let symbol = symbols[at++]; symbol !== ']'; symbol = symbols[at++]) {
      if (symbol === undefined) throw new NotUnderstood();
      if (symbol === '\\') {
        const escape = symbols[at++] ?? '';
        const known = CLASSES[escape];
        if (known === undefined && /[a-zA-Z0-9]/.test(escape)) throw new NotUnderstood();
        members += known ?? escape;
      } else if (symbols[at] === '-' && symbols[at + 1] !== ']' && symbols[at + 1] !== undefined) {
        members += range(symbol, symbols[at + 1] ?? '');
        at += 2;
      } else members += symbol;
    }
    return oneOf(
      isNegated
        ? Array.from(PLAIN)
            .filter((symbol) => !members.includes(symbol))
            .join('')
        : members,
    );
  }
}

const PLAIN = 'abcxyzABCXYZ0123456789 -_.';
const CLASSES: Readonly<Record<string, string>> = {
  d: '0123456789',
  w: 'abzAZ019_',
  s: ' ',
  D: 'ab-',
  W: ' -',
  S: 'a1-',
};

function oneOf(members: string): Part {
  const symbols = Array.from(members);
  if (symbols.length === 0) throw new NotUnderstood();
  return (variation) => symbols[variation % symbols.length] ?? '';
}

function range(from: string, to: string): string {
  const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  const length = Math.max(0, Math.min(last - first + 1, 64));
  return String.fromCodePoint(...Array.from({ length }, (_, index) => first + index));
}
