import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { BadConfiguration } from '../../src/server/config';
import { ensureNodeId, nodeIdFile } from '../../src/server/node-id';
import { scratch } from '../git/real-git';

const { next } = scratch();

async function dataDirectory(): Promise<string> {
  const directory = next('');
  await mkdir(directory, { recursive: true });
  return directory;
}

describe('the id of a node', () => {
  it('is made once for a data directory, and another for another', async () => {
    const [one, other] = [await dataDirectory(), await dataDirectory()];
    const id = await ensureNodeId(one);
    expect(id).toMatch(/^[0-9a-f]{12}$/);
    expect(await ensureNodeId(one)).toBe(id);
    expect(await ensureNodeId(other)).not.toBe(id);
    expect(readFileSync(nodeIdFile(one), 'utf8')).toBe(`${id}\n`);
    expect(readdirSync(one)).toEqual(['node-id']);
  });

  it('is made where writing it broke off', async () => {
    const directory = await dataDirectory();
    writeFileSync(`${nodeIdFile(directory)}.tmp`, 'a');
    expect(await ensureNodeId(directory)).toMatch(/^[0-9a-f]{12}$/);
    expect(readdirSync(directory)).toEqual(['node-id']);
  });

  it.each(['', 'a1b2', 'A1B2C3D4E5F6', 'a1b2c3d4e5f6 http://n1'])('is not taken from a file with %j', async (text) => {
    const directory = await dataDirectory();
    writeFileSync(nodeIdFile(directory), text);
    await expect(ensureNodeId(directory)).rejects.toThrow(BadConfiguration);
    expect(readFileSync(nodeIdFile(directory), 'utf8')).toBe(text);
  });
});
