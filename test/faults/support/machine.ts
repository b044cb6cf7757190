import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const can = (program: string, ...parameters: readonly string[]): boolean =>
  spawnSync(program, parameters, { stdio: 'ignore' }).status === 0;

/** Mounting needs root, and a kernel that allows it; the reason why not, else null. */
export function whyNoMounts(): string | null {
  if (process.getuid?.() !== 0) return 'needs root';
  return can('unshare', '-m', 'true') ? null : 'this system does not let root mount';
}

/** Images need loop devices and `mkfs.ext4` besides. */
export function whyNoImages(): string | null {
  if (whyNoMounts() !== null) return whyNoMounts();
  if (!can('mkfs.ext4', '-V')) return 'there is no mkfs.ext4';
  return can('losetup', '-f') ? null : 'there are no loop devices';
}

/** Failing system calls need a C compiler for the library that is loaded before the C library. */
export function whyNoCompiler(): string | null {
  if (process.platform !== 'linux') return 'needs Linux';
  return can('cc', '--version') ? null : 'there is no C compiler (cc)';
}

/** How many files a running process may open is set from outside with `prlimit` of util-linux. */
export function whyNoLimits(): string | null {
  if (process.platform !== 'linux') return 'needs Linux';
  return can('prlimit', '--version') ? null : 'there is no prlimit';
}

/** A test of one fault; where the machine cannot have it, it is skipped and says why. */
export function faultTest(why: string | null, name: string, body: () => Promise<void>): void {
  if (why === null) it(name, body);
  else it.skip(`${name} (skipped: ${why})`, body);
}

/** Mounts, unmounted again at the end of the test file, whatever happened. */
export function mounts(): {
  readonly tmpfs: (at: string, bytes: number) => void;
  readonly image: (image: string, at: string) => void;
  readonly unmount: (at: string) => void;
} {
  const mounted = new Set<string>();
  const unmount = (at: string): void => {
    // What still has files there ends by itself; the directory is free at once.
    if (mounted.delete(at)) execFileSync('umount', ['-l', at]);
  };
  const mount = (at: string, parameters: readonly string[]): void => {
    mkdirSync(at, { recursive: true });
    execFileSync('mount', [...parameters, at], { stdio: 'pipe' });
    mounted.add(at);
  };
  afterAll(() => [...mounted].forEach(unmount));
  return {
    tmpfs: (at, bytes) => mount(at, ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs']),
    image: (image, at) => mount(at, ['-o', 'loop', image]),
    unmount,
  };
}
