import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Step } from '../../../src/application';
import { type RecordedEvent } from '../../../src/domain';
import { git } from '../../git/real-git';
import { expectAgreement, readLog } from './agreement';
import { type Answer, dataOf } from './graphql-client';
import { startStoppable } from './stoppable-server';

/** Steps after which an event must be in the log although nobody was told of it. */
const DURABLE: readonly Step[] = ['appended', 'objects written', 'ref moved', 'projected'];

interface Command {
  readonly mutation: string;
  /** Selection under the mutation's payload, besides the position. */
  readonly selection?: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What the command appends. */
  readonly type: RecordedEvent['type'];
}

/** A data directory whose server is killed and started again in the middle of commands. */
export interface KilledServer {
  /** A command that nobody disturbs. */
  command<T>(mutation: string, input: object, selection: string): Promise<T>;
  /** Kills the process when the command reaches the step, starts it again, and expects exactly one event of it. */
  kill<T>(step: Step, command: Command): Promise<T>;
  ask<T>(query: string): Promise<T>;
  /** Runs the real git in the bare repository. */
  git(...args: readonly string[]): string;
  end(): Promise<void>;
}

export async function startKilled(): Promise<KilledServer> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'slipway-killed-'));
  let server = await startStoppable(dataDirectory);
  let commands = 0;

  const ask = async <T>(query: string, variables?: object) => dataOf(required(await server.run(query, variables))) as T; // the operation says what

  return {
    ask,
    git: (...args) => git(join(dataDirectory, 'repository.git'), args),
    command: async <T>(mutation: string, input: object, selection: string) => {
      const data = await ask<Record<string, T>>(...operation(mutation, selection, input));
      return data[mutation] as T; // a payload is never null
    },
    kill: async <T>(step: Step, { mutation, selection = '', input, type }: Command) => {
      const idempotencyKey = `command ${(commands += 1)}`;
      const request = operation(mutation, `position ${selection}`, { ...input, idempotencyKey });
      await server.caughtUp();
      const before = await readLog(dataDirectory);
      await server.arm(step);
      const acknowledged = await server.run(...request);
      const acknowledgedAt = acknowledged === null ? null : payload(acknowledged, mutation).position;
      expect(await server.gone).toBe('SIGKILL');

      server = await startStoppable(dataDirectory);
      await server.caughtUp();
      const found = await expectAgreement(server, dataDirectory);
      expect(found.slice(0, before.length)).toEqual(before);
      expect(found.slice(before.length).map((event) => event.type)).toEqual(DURABLE.includes(step) ? [type] : []);

      const retried = payload(required(await server.run(...request)), mutation);
      if (acknowledgedAt !== null) expect(retried.position).toBe(acknowledgedAt);
      await server.caughtUp();
      const now = await expectAgreement(server, dataDirectory);
      expect(now.slice(before.length).map((event) => [event.type, event.position])).toEqual([[type, retried.position]]);
      return retried as T; // as selected
    },
    end: async () => {
      await server.end();
      rmSync(dataDirectory, { recursive: true });
    },
  };
}

function operation(mutation: string, selection: string, input: object): [query: string, variables: object] {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!`;
  return [`mutation ($input: ${type}) { ${mutation}(input: $input) { ${selection} } }`, { input }];
}

function payload(answer: Answer, mutation: string): { readonly position: string } {
  const data = dataOf(answer) as Record<string, { position: string }>;
  return data[mutation] ?? { position: 'none' };
}

function required(answer: Answer | null): Answer {
  if (answer === null) throw new Error('The server did not answer.');
  return answer;
}
