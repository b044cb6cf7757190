import { readFileSync, writeFileSync } from 'node:fs';

/** What the children of this process have used so far: processor time in milliseconds, and the most memory that one of them held, in MiB. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakMb: number;
}

const NONE: Usage = { cpuMs: 0, peakMb: 0 };
const MS_PER_TICK = 10;

/** Of living children, as Linux tells it; nothing elsewhere. */
export function childUsage(): Usage {
  return children()
    .map(usageOf)
    .reduce((a, b) => ({ cpuMs: a.cpuMs + b.cpuMs, peakMb: Math.max(a.peakMb, b.peakMb) }), NONE);
}

function children(): readonly string[] {
  const listed = read(`/proc/${process.pid}/task/${process.pid}/children`);
  return listed.split(' ').filter((pid) => pid.trim() !== '');
}

/** From now on the most memory is counted anew. */
export function resetPeak(): void {
  for (const pid of children())
    try {
      writeFileSync(`/proc/${pid}/clear_refs`, '5');
    } catch {
      // A system that does not let us: the peak is then of all that came before, too.
    }
}

function usageOf(pid: string): Usage {
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  const [, peak = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return {
    cpuMs: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * MS_PER_TICK,
    peakMb: Math.round(Number(peak) / 1024),
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
