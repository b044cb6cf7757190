import { setTimeout as pause } from 'node:timers/promises';
import { exampleFile } from '../../server/support/bundled-example';
import { type SeededRandom } from '../../validation/hostile/seeded-random';
import { type FaultyNode } from './faulty-node';
import { type OperationName, type Outcome, type Payload, type RecordingClient } from './recording-client';

/** A package of the bundled example and the file that its drafts change. */
interface Subject {
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

const subject = (id: string, directory: string, path: string): Subject => ({
  id,
  path,
  text: exampleFile(`${directory}/${path}`),
});
const documentType = (id: string, version: string): Subject =>
  subject(id, `document_types/${id}/releases/${version}`, 'prompts/task.prompt.txt');

/** Two packages for each writer: nobody else moves them, so most commands succeed. */
export const PAIRS: readonly (readonly [Subject, Subject])[] = [
  [documentType('project_discovery', '1.4.0'), documentType('primary_implementation_plan', '1.0.0')],
  [documentType('technical_architecture', '1.0.0'), documentType('implementation_plan', '1.0.0')],
  [
    subject('roles/technical_architect', 'prompts/roles/technical_architect/releases/1.0.0', 'role.prompt.txt'),
    subject(
      'templates/document_generator',
      'prompts/templates/document_generator/releases/1.0.0',
      'template.prompt.txt',
    ),
  ],
];

/** Gives the server to talk to; waits while there is none. Null ends the load. */
export type NodeNow = () => Promise<FaultyNode | null>;

/** The text with a number in white space at its end: another text that says the same. */
export function withNumber(text: string, number: number): string {
  const digits = number.toString(2).replaceAll('0', ' ').replaceAll('1', '\n');
  return `${text}${digits}\n`;
}

/**
 * One writer: drafts, commits, stagings, activations alone and of sets, rollbacks and tags, at random, each under a key.
 * A command without an answer is sent again, under the same key, to whichever server there is next.
 */
export async function writeAtRandom(
  client: RecordingClient,
  pair: readonly [Subject, Subject],
  options: { readonly name: string; readonly random: SeededRandom; readonly node: NodeNow },
): Promise<void> {
  const { name, random, node } = options;
  let number = 0;

  async function command(operation: OperationName, input: object): Promise<Payload | null> {
    const key = `${name} ${(number += 1)}`;
    for (;;) {
      const now = await node();
      if (now === null) return null;
      const outcome: Outcome = await client.send(now, operation, key, input);
      if (outcome.ended === 'acknowledged') return outcome.payload;
      if (outcome.ended === 'refused') return null;
      await pause(20);
    }
  }

  async function staged({ id, path, text }: Subject): Promise<string | null> {
    const draft = `${name}-${(number += 1)}`;
    const texts = Array.from({ length: 1 + random.below(3) }, () => withNumber(text, (number += 1)));
    for (const attempt of [...texts.keys(), -1]) {
      const now = await node();
      if (now === null) return null;
      if (attempt === 0 && !(await client.start(now, id, draft))) return null;
      if (attempt >= 0) await client.save(now, draft, path, texts[attempt]!);
    }
    const committed = await command('commitDraft', { draft, message: `Change ${number}`, changeType: 'MINOR' });
    if (committed === null) return null;
    const { version } = committed.release as { version: string };
    client.ends(draft, path);
    const answer = await command('stageRelease', { package: id, version });
    if (answer?.staged !== true) return null;
    if (random.below(10) < 3) await command('tagRelease', { package: id, version });
    return version;
  }

  while ((await node()) !== null) {
    const subjects = random.below(10) < 3 ? pair : [pair[random.below(2)]!];
    const releases: { package: string; version: string }[] = [];
    for (const one of subjects) {
      const version = await staged(one);
      if (version !== null) releases.push({ package: one.id, version });
    }
    if (releases.length === 0) continue;
    const moved = await command('activateReleases', { releases, reason: `Ready ${number}` });
    if (moved === null || random.below(10) < 6) continue;
    if (releases.length > 1) {
      const { id } = moved.activation as { id: string };
      await command('rollbackActivation', { activation: id, reason: `Not ready ${number}` });
    } else {
      await command('rollback', { package: releases[0]!.package, reason: `Not ready ${number}` });
    }
  }
}
