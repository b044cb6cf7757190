import { readFile } from 'node:fs/promises';

const EVERY_MS = 100;

/**
 * Calls `onExcess` once when the process holds more than `mostMb` MiB of real memory: V8's own limit does not count what is
 * outside of its heap, such as buffers. Only where the system tells (Linux). Returns what ends the watch.
 */
export function watchMemory(pid: number, mostMb: number, onExcess: () => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const timer = setInterval(() => {
    void residentMb(pid).then((held) => {
      if (held <= mostMb) return;
      clearInterval(timer);
      onExcess();
    });
  }, EVERY_MS);
  return () => clearInterval(timer);
}

/** 0 for a process that is gone. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) / 1024;
}
