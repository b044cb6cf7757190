import { join } from 'node:path';
import fc from 'fast-check';
import { type PlannedMap, type ValidationRequest } from '../../src/validation';
import { startChild } from '../support/child-process';
import { runs } from '../support/runs';
import { FAMILIES } from './hostile/corpus';
import { aRelease, mapWith, MANIFEST } from './support/a-release';
import { engineFromSource } from './support/engine-from-source';

const RUNS = Number(process.env.SLIPWAY_DETERMINISM_RUNS ?? runs(100, 1_000));
/** Breaks rules of several checks, in several files. */
const BROKEN = aRelease({
  'package.yaml': MANIFEST.replace('role:analyst', 'role:poet').replace(
    '  - intake',
    '  - intake\n  - nobody\n  - No body',
  ),
  'schemas/output.schema.json':
    '{"required": ["\u00e9", "e\u0301", "I", "\u0131"], "properties": {"a": {"pattern": "(?=a)"}}}',
  'notes.yaml': 'a: 1\na: 2\n',
  'extra/B.txt': 'x',
  'extra/a.txt': 'x',
  'extra/\u00e4.txt': 'x',
});

describe('a report', () => {
  it(`is the same ${RUNS} times, from one process and from two`, async () => {
    const engines = [engineFromSource({ processes: 1 }), engineFromSource({ processes: 2 })];
    try {
      const digests = new Set<string>();
      for (const engine of engines)
        for (let run = 0; run < RUNS / 2; run += 50) {
          const reports = await Promise.all(Array.from({ length: 50 }, () => engine.validate(BROKEN)));
          for (const { digest } of reports) digests.add(digest);
        }

      expect(digests.size).toBe(1);
    } finally {
      await Promise.all(engines.map((engine) => engine.close()));
    }
  }, 120_000);

  it('is the same in every locale, time zone and language of the parent', async () => {
    const places = [
      { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      { TZ: 'America/St_Johns', LANG: 'sv_SE.UTF-8', LC_ALL: 'sv_SE.UTF-8' },
      { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
    ];
    const said = await Promise.all(places.map((environment) => firstLine(environment)));

    expect(new Set(said).size).toBe(1);
    expect(JSON.parse(said[0] ?? '')).toMatchObject({
      digests: expect.arrayContaining([expect.any(String)]) as unknown,
    });
  }, 60_000);

  it('depends on no order: of the files, or of the keys of the map', async () => {
    const engine = engineFromSource({ processes: 1 });
    try {
      const { digest } = await engine.validate(withMap(BROKEN));
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(fc.nat()), async (order) => {
          const { map, files } = withMap(BROKEN);
          const shuffled: ValidationRequest = {
            ...BROKEN,
            files: inOrder(files, order),
            map: {
              releases: Object.fromEntries(inOrder(Object.entries(map.releases), order)),
              active: Object.fromEntries(inOrder(Object.entries(map.active), order)),
              committed: Object.fromEntries(inOrder(Object.entries(map.committed), order)),
              defaultKind: map.defaultKind,
            },
          };

          expect((await engine.validate(shuffled)).digest).toBe(digest);
        }),
        { numRuns: 50 },
      );
    } finally {
      await engine.close();
    }
  });

  it('names both digests, and changes with the map and with the tree', async () => {
    const engine = engineFromSource({ processes: 1 });
    try {
      const report = await engine.validate(BROKEN);
      const onOtherMap = await engine.validate(withMap(BROKEN));
      const ofOtherTree = await engine.validate({ ...BROKEN, tree: 'b'.repeat(40) });
      const later = await engine.validate({ ...BROKEN, validatedAt: '2030-01-01T00:00:00.000Z' });

      expect(report.rulesetDigest).toBe(engine.rulesetDigest(BROKEN.policy));
      expect(
        [report.digest, report.mapDigest, report.rulesetDigest].every((digest) => /^[0-9a-f]{64}$/.test(digest)),
      ).toBe(true);
      expect(onOtherMap.mapDigest).not.toBe(report.mapDigest);
      expect(new Set([report, onOtherMap, ofOtherTree].map(({ digest }) => digest)).size).toBe(3);
      expect(later.digest).toBe(report.digest);
    } finally {
      await engine.close();
    }
  });

  it('of hostile content is the same from children that have seen other things before', async () => {
    const cases = FAMILIES.flatMap((family) => family.cases).filter((_, at) => at % 25 === 0);
    const [one, other] = [
      engineFromSource({ processes: 1, timeoutMs: 25_000 }),
      engineFromSource({ processes: 1, timeoutMs: 25_000 }),
    ];
    const digestsBy = async (engine: typeof one, order: typeof cases): Promise<ReadonlyMap<string, string>> => {
      const digests = new Map<string, string>();
      for (const { name, make } of order) digests.set(name, (await engine.validate(make())).digest);
      return digests;
    };
    try {
      const forwards = await digestsBy(one, cases);
      const backwards = await digestsBy(other, [...cases].reverse());

      expect(backwards).toEqual(forwards);
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  }, 60_000);
});

function withMap(request: ValidationRequest): ValidationRequest {
  const others: PlannedMap['active'] = {
    zeta: { version: '1.0.0', requires: ['alpha'] },
    alpha: { version: '2.0.0', requires: [] },
  };
  return { ...request, map: mapWith(others, { zeta: ['0.9.0'], nobody: ['1.0.0'] }) };
}

function inOrder<T>(items: readonly T[], order: Iterator<number>): T[] {
  return items
    .map((item) => ({ item, rank: Number(order.next().value) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

async function firstLine(environment: Readonly<Record<string, string>>): Promise<string> {
  const parent = startChild(join(__dirname, 'support', 'digests.ts'), [], environment);
  for await (const line of parent.lines) return line;
  throw new Error('The process said nothing.');
}
