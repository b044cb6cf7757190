import fc from 'fast-check';
import { type Template } from '../commands/command';
import { PACKAGES } from '../node/starting-repository';
import { type StageRelease, type TagRelease } from '../operation';
import { releasesOf, versionsOf } from '../world/world';
import { few, key, NO_VERSION, packages, pick, seldom, version } from './choices';

export const stageRelease = fc
  .record({ n: fc.nat({ max: 29 }), commit: seldom, key })
  .map(({ n, commit, key: idempotencyKey }): Template<StageRelease> => (world) => {
    const all = PACKAGES.flatMap((id) => versionsOf(world, id).map((each) => ({ package: id, version: each })));
    const open = all.filter((each) => releasesOf(world, each.package).get(each.version)?.status === 'committed');
    const release = pick(n % 5 === 4 ? all : open, n, { package: PACKAGES[n % 5] ?? 'alpha', version: NO_VERSION });
    return { do: 'stageRelease', ...release, commit: commit ? 'other' : 'any', key: idempotencyKey };
  });

/** Releases that have no tag yet, mostly. */
export const tagRelease = fc
  .record({ package: packages, which: fc.nat({ max: 29 }), n: few, key })
  .map(({ package: id, which, n, key: idempotencyKey }): Template<TagRelease> => (world) => {
    const untagged = PACKAGES.flatMap((each) =>
      [...releasesOf(world, each)].flatMap(([name, release]) =>
        release.status === 'committed' || release.tagged ? [] : [{ package: each, version: name }],
      ),
    );
    const any = { package: id, version: version(world, id, n) };
    return {
      do: 'tagRelease',
      ...(n < 7 ? pick(untagged, which, any) : any),
      message: 'Mark it',
      key: idempotencyKey,
    };
  });
