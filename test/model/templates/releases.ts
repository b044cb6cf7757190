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

export const tagRelease = fc
  .record({ package: packages, n: few, key })
  .map(({ package: id, n, key: idempotencyKey }): Template<TagRelease> => (world) => ({
    do: 'tagRelease',
    package: id,
    version: version(world, id, n),
    message: 'Mark it',
    key: idempotencyKey,
  }));
