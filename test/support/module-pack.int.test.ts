import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PACK = join(__dirname, 'module-pack.cjs');
const REGISTER = join(__dirname, 'register-packed-ts.cjs');

let directory: string;
let entry: string;
beforeEach(async () => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-pack-')));
  entry = join(directory, 'entry.cjs');
  mkdirSync(join(directory, 'said'));
  writeFileSync(entry, "process.stdout.write(require('./said') + ' ' + __filename);\n");
  writeFileSync(join(directory, 'said', 'index.js'), "module.exports = 'first';\n");
  await olderThanAProcess();
});
afterEach(() => {
  rmSync(node('-p', `require(${JSON.stringify(PACK)}).placeOfPack(${JSON.stringify(entry)})`).trim(), { force: true });
  rmSync(directory, { recursive: true });
});

/** A file that is changed while a pack is made of it is not packed. */
const olderThanAProcess = () => wait(30);

function node(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return stdout + stderr;
}
const run = () => node('-r', REGISTER, entry);
const isPacked = () => node('-p', `require(${JSON.stringify(PACK)}).isPacked(${JSON.stringify(entry)})`).trim();

describe('a pack of modules', () => {
  it('is made by the first start, and the next one does the same with it', () => {
    expect(isPacked()).toBe('false');
    expect(run()).toBe(`first ${entry}`);
    expect(isPacked()).toBe('true');
    expect(run()).toBe(`first ${entry}`);
  });

  it('is not used once a file of it has changed', async () => {
    run();
    writeFileSync(join(directory, 'said', 'index.js'), "module.exports = 'other';\n");
    expect(isPacked()).toBe('false');
    expect(run()).toBe(`other ${entry}`);
    await olderThanAProcess();
    run();
    expect(isPacked()).toBe('true');
    expect(run()).toBe(`other ${entry}`);
  });

  it('is not used once a name could mean another file', () => {
    run();
    writeFileSync(join(directory, 'said.js'), "module.exports = 'nearer';\n");
    expect(run()).toBe(`nearer ${entry}`);
  });

  it('leaves a start that fails as it is', () => {
    writeFileSync(entry, "require('./absent');\n");
    expect(run()).toContain("Cannot find module './absent'");
    expect(isPacked()).toBe('false');
  });
});
