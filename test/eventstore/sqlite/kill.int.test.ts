import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type RecordedEvent } from '../../../src/domain';
import { verifyChain } from '../../../src/eventstore';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { startChild } from '../../support/child-process';

const SCRIPT = join(__dirname, 'append-until-killed.ts');
const ROUNDS = 3;
const WRITERS = 5;

describe('a process killed in the middle of appends', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-kill-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('loses nothing that was acknowledged, keeps appends whole and the log in order', async () => {
    const path = join(directory, 'events.db');
    const acknowledged: string[] = [];
    const moments: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const acks = randomInt(20, 300);
      const wait = randomInt(0, 10);
      moments.push(`${acks} acknowledgements and ${wait} ms`);
      acknowledged.push(...(await acknowledgedBeforeKill(path, acks, wait)));
    }
    try {
      const stored = await readWhole(path);
      expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
    } catch (error) {
      throw new Error(`Killed after ${moments.join(', then ')}.`, { cause: error });
    }
  });
});

/** Everything that the process had acknowledged when it was gone. */
async function acknowledgedBeforeKill(path: string, acks: number, wait: number): Promise<string[]> {
  const child = startChild(SCRIPT, [path, String(WRITERS)]);
  const lines: string[] = [];
  for await (const line of child.lines) {
    lines.push(line);
    if (lines.length === acks) void delay(wait).then(() => child.kill());
  }
  expect(lines.length).toBeGreaterThanOrEqual(acks);
  // The pipe may end in half a line.
  return lines.filter((line) => /^\S+ \S+ \d+$/.test(line)).slice(0, -1);
}

async function readWhole(path: string): Promise<Set<string>> {
  const store = openSqliteEventStore({ path });
  try {
    const tips = new Map<string, RecordedEvent>();
    const stored = new Set<string>();
    for await (const event of store.readAll()) {
      expect(verifyChain(tips.get(event.stream) ?? null, event)).toBeNull();
      tips.set(event.stream, event);
      stored.add(`${event.metadata.eventId} ${event.stream} ${event.revision}`);
    }
    // The process appended two at a time.
    for (const tip of tips.values()) expect(tip.revision % 2).toBe(1);
    expect(tips.size).toBe(ROUNDS * WRITERS);
    return stored;
  } finally {
    await store.close();
  }
}
