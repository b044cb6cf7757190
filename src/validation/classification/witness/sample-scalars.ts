import { type ConjunctionView } from '../schema/conjunction-view';
import { textsLike } from './sample-text';

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.500+01:00'],
  date: ['2026-01-31'],
  time: ['12:00:00Z'],
  duration: ['P1D'],
  email: ['a@example.com'],
  hostname: ['example.com'],
  ipv4: ['192.0.2.1'],
  ipv6: ['2001:db8::1'],
  uri: ['https://example.com/a'],
  'uri-reference': ['/a', 'https://example.com/a'],
  uuid: ['123e4567-e89b-42d3-a456-426614174000'],
  regex: ['^a$'],
  'json-pointer': ['/a'],
};
const PLAIN_TEXTS = ['text', '', 'a', 'A', '1', 'two words', 'x-1_y.z', '-'];
const LONGEST = 2_000;
const VARIATIONS = 12;

/** Texts that a schema probably accepts, the plainest first. */
export function sampleTexts(view: ConjunctionView): readonly string[] {
  const least = Math.max(0, ...numbersOf(view, 'minLength'));
  const most = Math.min(...numbersOf(view, 'maxLength'), LONGEST);
  const patterns = textsOf(view, 'pattern').flatMap((pattern) => textsLike(pattern, VARIATIONS));
  const formats = textsOf(view, 'format').flatMap((format) => FORMATS[format] ?? []);
  const texts = patterns.length + formats.length > 0 ? [...patterns, ...formats, ...PLAIN_TEXTS] : PLAIN_TEXTS;
  const lengths = [least, least + 1, most - 1, most].map((length) =>
    'x'.repeat(Math.min(Math.max(length, 0), LONGEST)),
  );
  return [...new Set([...texts, ...lengths])].filter(({ length }) => length >= least && length <= most);
}

/** Numbers that a schema probably accepts: the ends of its range, and some between. */
export function sampleNumbers(view: ConjunctionView): readonly number[] {
  const ends = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].flatMap((keyword) =>
    numbersOf(view, keyword),
  );
  const multiples = numbersOf(view, 'multipleOf').flatMap((step) =>
    [0, ...ends].flatMap((end) => [step * Math.ceil(end / step), step * Math.floor(end / step), step]),
  );
  const near = ends.flatMap((end) => [end, end + 1, end - 1, end + 0.5, end - 0.5]);
  const all = [...multiples, ...near, 1, 0, 2, 0.5, -1, 10, 100, 1_000_000];
  const types = view.types();
  return [...new Set(all)].filter((value) => types.has(Number.isInteger(value) ? 'integer' : 'fraction'));
}

export function numbersOf(view: ConjunctionView, keyword: string): readonly number[] {
  return view
    .uses(keyword)
    .flatMap(({ node }) => (node.type === 'scalar' && typeof node.value === 'number' ? [node.value] : []));
}

function textsOf(view: ConjunctionView, keyword: string): readonly string[] {
  return view
    .uses(keyword)
    .flatMap(({ node }) => (node.type === 'scalar' && typeof node.value === 'string' ? [node.value] : []));
}
