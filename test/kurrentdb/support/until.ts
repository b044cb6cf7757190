import { setTimeout as pause } from 'node:timers/promises';

/** Waits for what no event tells of. */
export async function until(isTrue: () => boolean | Promise<boolean>, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`Not within ${ms} ms.`);
    await pause(20);
  }
}
