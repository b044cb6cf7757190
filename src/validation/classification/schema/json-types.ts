/** The kinds of values, with numbers split so that `integer` is a part of `number`. */
export type Atom = 'null' | 'boolean' | 'object' | 'array' | 'string' | 'integer' | 'fraction';

export const ATOMS: readonly Atom[] = ['null', 'boolean', 'object', 'array', 'string', 'integer', 'fraction'];

export function atomsOfType(type: unknown): readonly Atom[] {
  if (type === 'number') return ['integer', 'fraction'];
  return ATOMS.filter((atom) => atom === type && atom !== 'fraction');
}

export function atomOf(value: unknown): Atom {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as 'boolean' | 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction';
  return 'object';
}

/** As people write them in a schema. */
export function nameTypes(atoms: Iterable<Atom>): string {
  const set = new Set(atoms);
  const names = ATOMS.filter((atom) => set.has(atom)).flatMap((atom) => {
    if (atom === 'integer') return set.has('fraction') ? ['number'] : ['integer'];
    if (atom === 'fraction') return set.has('integer') ? [] : ['number with a fraction'];
    return [atom];
  });
  return names.length === 0 ? 'nothing' : names.join(', ');
}
