import { readFileSync } from 'node:fs';

/** What the children of this process have used so far: processor time in milliseconds, and the most memory that one of them held, in MiB. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakMb: number;
}

const NONE: Usage = { cpuMs: 0, peakMb: 0 };
const MS_PER_TICK = 10;

/** Of living children, as Linux tells it; nothing elsewhere. */
export function childUsage(): Usage {
  if (process.platform !== 'linux') return NONE;
  const threads = read(`/proc/${process.pid}/task/${process.pid}/children`);
  return threads
    .split(' ')
    .filter((pid) => pid.trim() !== '')
    .map(usageOf)
    .reduce((a, b) => ({ cpuMs: a.cpuMs + b.cpuMs, peakMb: Math.max(a.peakMb, b.peakMb) }), NONE);
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
