import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { git } from '../../git/real-git';
import { type FaultyNode } from '../support/faulty-node';
import { foundIn, type Ground } from '../support/ground';
import { PAIRS } from '../support/load';
import { type Scenario } from './scenario';

const gitdirOf = ({ dataDirectory }: Ground): string => join(dataDirectory, 'repository.git');

/** A file of an object that is empty, as a full disk or a power cut leaves it, under a name that is about to be written. */
export const objectLeftEmpty: Scenario = async (ground) => {
  const node = await ground.start();
  const { id, path } = PAIRS[2]![0];
  const text = 'You say what is known, and what is not.\n';
  const bytes = Buffer.from(text);
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  const file = join(gitdirOf(ground), 'objects', oid.slice(0, 2), oid.slice(2));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  await ground.client.start(node, id, 'draft');
  await ground.client.save(node, 'draft', path, text);
  const { release } = await ground.must(node, 'commitDraft', { draft: 'draft', message: 'Again', changeType: 'MINOR' });
  ground.client.ends('draft', path);
  const { version } = release as { version: string };
  await ground.must(node, 'stageRelease', { package: id, version });
  return foundIn(await ground.endState(node));
};

/** A file of a staged release is gone from the object store: nothing may be activated that cannot be read. */
export const stagedContentGone: Scenario = async (ground) => {
  const node = await ground.start();
  const release = await ground.staged(node);
  await node.caughtUp();
  const gitdir = gitdirOf(ground);
  const path = `main:prompts/roles/technical_architect/releases/${release.version}/role.prompt.txt`;
  const oid = git(gitdir, ['rev-parse', path]);
  rmSync(join(gitdir, 'objects', oid.slice(0, 2), oid.slice(2)));
  const command = {
    operation: 'activateReleases',
    input: { releases: [release], reason: 'Ready' },
    key: ground.key(),
  } as const;
  const outcome = await ground.send(node, command);
  if (outcome.ended === 'refused' && outcome.code === 'CONTENT_CHANGED') return [];
  return [`activated what cannot be read: ${JSON.stringify(outcome)}`];
};

/** Somebody commits to `main` with the git program while the server runs: publishing stops, and nobody's commit is lost. */
export const humanCommitsToMain: Scenario = async (ground) => {
  const node = await ground.start();
  const command = await ground.prepare(node, 'activateReleases');
  await node.caughtUp();
  const gitdir = gitdirOf(ground);
  const own = git(gitdir, ['rev-parse', 'main']);
  const theirs = git(gitdir, ['commit-tree', '-p', own, '-m', 'Hot fix', `${own}^{tree}`]);
  git(gitdir, ['update-ref', 'refs/heads/main', theirs, own]);
  await ground.send(node, command);
  const stopped = await publisherStops(node);
  const tip = git(gitdir, ['rev-parse', 'main']);
  if (stopped === null || tip !== theirs)
    return [`a commit of somebody else was passed over: main is at ${tip}, not ${theirs}`];
  await node.kill();
  git(gitdir, ['branch', 'found-on-main', 'main']);
  git(gitdir, ['update-ref', 'refs/heads/main', own, theirs]);
  const found = foundIn(await ground.endState(await ground.start()));
  return git(gitdir, ['rev-parse', 'found-on-main']) === theirs ? found : [...found, 'the kept commit is gone'];
};

/** The reason that publishing has stopped for; null when it has not within a few seconds. */
export async function publisherStops(node: FaultyNode): Promise<string | null> {
  for (let waited = 0; waited < 3_000; waited += 50) {
    const { stopped } = (await node.readiness()).parts.publisher;
    if (stopped !== null) return stopped;
    await pause(50);
  }
  return null;
}

/** A reason that would read as further trailers of the commit. */
export const trailersInReason: Scenario = async (ground) => {
  const node = await ground.start();
  const command = await ground.prepare(node, 'activateReleases');
  const input = { ...command.input, reason: 'Ready\n\nSlipway-Actor: somebody.else' };
  const outcome = await ground.send(node, { ...command, input });
  if (outcome.ended !== 'refused') return [`a reason of several lines was ${outcome.ended}`];
  return existsSync(gitdirOf(ground)) ? foundIn(await ground.endState(node)) : ['no repository'];
};
