import { type PlannedMap } from '../../../src/validation';
import { aRelease, mapWith, MANIFEST, type Changes } from '../support/a-release';
import { type Family, type HostileCase, times } from './hostile-case';
import { release } from './releases';

type Active = Record<string, { version: string; requires: string[] }>;

const requiring = (ids: readonly string[]): Changes => ({
  'package.yaml': MANIFEST.replace('  - intake\n', () => ids.map((id) => `  - ${id}\n`).join('')),
});
const onMap = (
  name: string,
  ids: readonly string[],
  active: () => Active,
  expect: string,
  releases: PlannedMap['releases'] = {},
): HostileCase => ({
  name,
  make: () => aRelease(requiring(ids), { map: mapWith(active(), releases) }),
  expect,
});
const graph = (count: number, requires: (at: number) => readonly number[], last: readonly string[] = []): Active =>
  Object.fromEntries(
    times(count, (at) => [
      `n${at}`,
      {
        version: '1.0.0',
        requires: [
          ...requires(at)
            .filter((to) => to < count)
            .map((to) => `n${to}`),
          ...(at === count - 1 ? last : []),
        ],
      },
    ]),
  );
/** Layers of packages that each require all of the next layer: as many ways through as there are packages in a layer, to the power of the layers. */
const layers = (at: number): number[] => times(20, (next) => (Math.floor(at / 20) + 1) * 20 + next);
const US = 'project_brief';

const docdef = (pointer: unknown, repeat?: unknown): string =>
  JSON.stringify({
    sections: times(50, (at) => ({
      id: `s${at}`,
      repeat_over: repeat,
      source_pointer: pointer,
      blocks: [{ source_pointer: pointer }],
    })),
  });
const POINTERS = [
  '',
  '/',
  '//',
  '#',
  '#/',
  '/a',
  '/a/b/0',
  '~',
  '/~',
  '/~2',
  '../a',
  '$',
  '$.a',
  '/title/title',
  '/__proto__',
  '/constructor',
  `/${'a/'.repeat(2_000)}`,
  '/%00',
  '/parts/*',
  '/parts/-1',
  '/parts/9007199254740993',
  1,
  null,
  [],
  {},
  true,
];

const looping = (wrap: (ref: unknown) => unknown): string =>
  JSON.stringify({
    type: 'object',
    properties: { title: wrap({ $ref: '#/properties/title' }), parts: { $ref: '#/$defs/a' } },
    $defs: { a: wrap({ $ref: '#/$defs/b' }), b: wrap({ $ref: '#/$defs/a' }) },
  });
const withDocdef = (pointer: string, schema?: string): Changes => ({
  'package.yaml': MANIFEST.replace('  qa_prompt: null', '  qa_prompt: null\n  full_docdef: docdefs/full.json').concat(
    `information_architecture:\n  sections:\n    - id: s\n      binds:\n        - path: ${JSON.stringify(pointer.replaceAll('/', '.'))}\n          columns: [{field: a.b.c}]\n`,
  ),
  'docdefs/full.json': docdef(pointer, pointer),
  ...(schema === undefined ? {} : { 'schemas/output.schema.json': schema }),
});

export const family: Family = {
  row: 'J15 graphs and pointers',
  cases: [
    onMap('requires itself', [US], () => ({}), 'required-input-self'),
    onMap('a circle of two', ['n0'], () => graph(1, () => [], [US]), 'dependency-cycle'),
    onMap('a circle of 10,000', ['n0'], () => graph(10_000, (at) => [at + 1], [US]), 'dependency-cycle'),
    onMap('a circle that is not ours', ['n0'], () => graph(3, (at) => [(at + 1) % 3]), 'verdict'),
    onMap(
      '10,000 packages, each of which requires the next twenty',
      ['n0'],
      () => graph(10_000, (at) => times(20, (next) => at + next + 1)),
      'accepted',
    ),
    onMap('billions of ways to nowhere', ['n0'], () => graph(10_000, layers), 'accepted'),
    onMap('billions of ways back', ['n0'], () => graph(10_000, layers, [US]), 'dependency-cycle'),
    onMap(
      '4,000 inputs with billions of ways to nowhere',
      times(4_000, (at) => `n${at}`),
      () => graph(10_000, layers),
      'accepted',
    ),
    onMap(
      '4,000 inputs with billions of ways back',
      times(4_000, (at) => `n${at}`),
      () => graph(10_000, layers, [US]),
      'dependency-cycle',
    ),
    onMap(
      'an input that requires what is not there',
      ['n0'],
      () => ({ n0: { version: '1.0.0', requires: ['nobody', 'nobody', 'constructor'] } }),
      'verdict',
    ),
    onMap(
      '4,000 inputs that are not there',
      times(4_000, (at) => `x${at}`),
      () => ({}),
      'required-input-unknown',
    ),
    onMap(
      'an input 4,000 times',
      times(4_000, () => 'intake'),
      () => ({}),
      'verdict',
    ),
    onMap('a package of 10,000 releases', ['n0'], () => ({}), 'required-input-not-active', {
      n0: times(10_000, (at) => `1.0.${at}`),
    }),
    ...POINTERS.map((pointer) =>
      release(
        `a source_pointer ${JSON.stringify(pointer).slice(0, 40)}`,
        () => ({ ...withDocdef('/title'), 'docdefs/full.json': docdef(pointer, pointer) }),
        'verdict',
      ),
    ),
    ...POINTERS.filter((pointer) => typeof pointer === 'string').map((pointer) =>
      release(`binds of ${JSON.stringify(pointer).slice(0, 40)}`, () => withDocdef(pointer), 'verdict'),
    ),
    ...(['title', 'parts'] as const).flatMap((property) =>
      Object.entries<(ref: unknown) => unknown>({
        itself: (ref) => ref,
        allOf: (ref) => ({ allOf: [ref, ref] }),
        items: (items) => ({ items }),
        anyOf: (ref) => ({ anyOf: [ref, {}] }),
        properties: (a) => ({ properties: { a } }),
      }).map(([name, wrap]) =>
        release(
          `a source_pointer into a schema that refers to itself by ${name}, at ${property}`,
          () => withDocdef(`/${property}${'/a'.repeat(200)}`, looping(wrap)),
          'verdict',
        ),
      ),
    ),
    release(
      'a source_pointer through 40 doublings',
      () =>
        withDocdef(
          `/a${'/a'.repeat(50)}`,
          JSON.stringify({
            $ref: '#/$defs/d0',
            $defs: Object.fromEntries(
              times(41, (at) => [
                `d${at}`,
                at === 40
                  ? { properties: { b: {} } }
                  : { allOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
              ]),
            ),
          }),
        ),
      'verdict',
    ),
    release(
      '10,000 sections',
      () => ({
        ...withDocdef('/title'),
        'docdefs/full.json': JSON.stringify({
          sections: times(10_000, () => ({ source_pointer: '/nothing', repeat_over: '/parts' })),
        }),
      }),
      'verdict',
    ),
    release(
      'a document definition that names itself',
      () => ({
        ...withDocdef('/title'),
        'docdefs/full.json': JSON.stringify({ extends: 'full.json', $ref: '#', source_pointer: '#/source_pointer' }),
      }),
      'verdict',
    ),
  ],
};
