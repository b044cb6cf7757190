import { join } from 'node:path';
import { type RecordedEvent } from '../../../src/domain';
import { commandIdOf } from '../../../src/eventstore';
import { openReading } from '../../../src/server/open-reading';
import { verifyDataDirectory } from '../../../src/server/verify-data-directory';
import { git } from '../../git/real-git';
import { type FaultyNode } from './faulty-node';
import { type KnownCommand, type KnownText, type OwnRecord } from './own-record';

/** What is left after a fault, held against what the client was told. */
export interface EndState {
  /** Commands that were acknowledged. */
  readonly acknowledged: number;
  /** Acknowledged and not there, or other than it was told. */
  readonly lost: readonly string[];
  /** In the log more than once. */
  readonly twice: readonly string[];
  /** In the log without a command, or after a refusal. */
  readonly invented: readonly string[];
  /** Where log, Git and read models do not agree. */
  readonly disagreements: readonly string[];
  readonly events: readonly RecordedEvent[];
}

const ADMIN = 'admin';

/** Holds log, Git, read models and drafts of a server that has caught up against the client's own record. */
export async function endState(node: FaultyNode, dataDirectory: string, record: OwnRecord): Promise<EndState> {
  await node.caughtUp();
  const events = await eventsOf(dataDirectory);
  const { commands, texts } = record.read();
  const byCommand = groupedByCommand(events);
  const eventsOfCommand = ({ operation, key }: KnownCommand): readonly RecordedEvent[] =>
    byCommand.get(commandIdOf(ADMIN, operation, key, () => '')) ?? [];

  const adopted = events.findIndex((event) => event.type === 'Adopted');
  const known = new Set(commands.flatMap((command) => eventsOfCommand(command)));
  const gitdir = join(dataDirectory, 'repository.git');
  return {
    acknowledged: commands.filter((command) => command.acknowledgements.length > 0).length,
    lost: [
      ...commands.flatMap((command) => lostOf(command, eventsOfCommand(command))),
      ...texts.flatMap((text) => lostText(gitdir, text)),
    ],
    twice: commands.filter((command) => eventsOfCommand(command).length > 1).map(nameOf),
    invented: [
      ...events.filter((event, index) => index > adopted && !known.has(event)).map(placeOf),
      ...commands.filter((command) => refusedButThere(command, eventsOfCommand(command))).map(nameOf),
    ],
    disagreements: await disagreements(dataDirectory, events),
    events,
  };
}

/** The log of a data directory, beside whoever has it. */
export async function eventsOf(dataDirectory: string): Promise<readonly RecordedEvent[]> {
  const reading = await openReading(dataDirectory);
  try {
    const events: RecordedEvent[] = [];
    for await (const event of reading.log.readAll()) events.push(event);
    return events;
  } finally {
    await reading.close();
  }
}

function groupedByCommand(events: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> {
  const grouped = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const { commandId } = event.metadata;
    grouped.set(commandId, [...(grouped.get(commandId) ?? []), event]);
  }
  return grouped;
}

function nameOf({ operation, key }: KnownCommand): string {
  return `${operation} ${key}`;
}

function placeOf({ type, stream, revision }: RecordedEvent): string {
  return `${type} ${stream}@${revision}`;
}

/** Each acknowledgement must be of the one event, in its place, with what the client was told. */
function lostOf(command: KnownCommand, [event]: readonly RecordedEvent[]): readonly string[] {
  return command.acknowledgements.flatMap(({ position, facts }) => {
    if (event === undefined) return [`${nameOf(command)} at ${position}`];
    if (event.position !== position) return [`${nameOf(command)} at ${position}, which is at ${event.position} now`];
    return holds(event.data, facts) ? [] : [`${nameOf(command)}: ${JSON.stringify(facts)}`];
  });
}

function refusedButThere(command: KnownCommand, found: readonly RecordedEvent[]): boolean {
  return command.refused !== null && command.acknowledgements.length === 0 && found.length > 0;
}

/** Whether everything of `part` stands in `whole`. */
function holds(whole: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return whole === part;
  if (typeof whole !== 'object' || whole === null) return false;
  if (Array.isArray(part) && (whole as unknown[]).length !== part.length) return false;
  return Object.entries(part).every(([name, value]) => holds((whole as Record<string, unknown>)[name], value));
}

function lostText(gitdir: string, { draft, path, possible }: KnownText): readonly string[] {
  const name = `refs/slipway/drafts/${draft}`;
  const there = git(gitdir, ['for-each-ref', '--format=%(refname)', name]) !== '';
  const text = there ? `${git(gitdir, ['show', `${name}:${path}`])}\n` : null;
  // `git` answers without the last newline.
  return possible.includes(text) ? [] : [`text of ${draft}/${path}`];
}

/** Every check of `slipway verify` that does not pass, by its name, and every tag that is not the one of its event. */
export async function disagreements(
  dataDirectory: string,
  events: readonly RecordedEvent[],
): Promise<readonly string[]> {
  const gitdir = join(dataDirectory, 'repository.git');
  const { checks, unpublished } = await verifyDataDirectory(dataDirectory);
  return [
    ...checks.flatMap(({ check, passed, difference, unchecked }) =>
      passed ? [] : [`${check}: ${difference?.what ?? unchecked ?? 'failed'}`],
    ),
    ...(unpublished === 0 ? [] : [`commits: ${unpublished} are not published`]),
    ...events.flatMap((event) => {
      if (event.type !== 'Tagged') return [];
      const ref = `refs/tags/${event.data.tag}`;
      const found = git(gitdir, ['for-each-ref', '--format=%(objecttype) %(*objectname)', ref]);
      return found === `tag ${event.data.commit}` ? [] : [`tags: ${event.data.tag} is ${found || 'missing'}`];
    }),
  ];
}
