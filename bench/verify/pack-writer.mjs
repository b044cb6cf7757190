// Objects that go into one pack, as fast as they come: a server's own way, one durable file for each, takes hours for as many.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const TYPE = { commit: 1, tree: 2, blob: 3, tag: 4 };
const CHUNK = 4 * 1024 * 1024;

export class PackWriter {
  #dist;
  #gitdir;
  #path;
  #file;
  #known = new Set();
  #recent;
  #waiting = [];
  #waitingBytes = 0;

  constructor({ dist, gitdir }) {
    this.#dist = dist;
    this.#gitdir = gitdir;
    this.#recent = new dist.RecentlyUsed(256 * 1024 * 1024);
    mkdirSync(join(gitdir, 'objects', 'pack'), { recursive: true });
    this.#path = join(gitdir, 'objects', 'pack', 'tmp_bench.pack');
    this.#file = openSync(this.#path, 'w+');
    this.#push(Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1'));
  }

  get count() {
    return this.#known.size;
  }

  readBlob = async (oid) => this.#get(oid);
  readTree = async (oid) => this.#dist.decodeTree(this.#get(oid));
  readCommit = async (oid) => this.#dist.decodeCommit(this.#get(oid));
  writeBlob = async (bytes) => this.#put('blob', Buffer.from(bytes));
  writeTree = async (entries) => this.#put('tree', this.#dist.encodeTree(entries));
  changeTree = async (base, changes) => this.#put('tree', this.#dist.changedTree(this.#get(base), changes));
  writeCommit = async (commit) => this.#put('commit', this.#dist.encodeCommit(commit));
  writeTag = async (tag) => this.#put('tag', this.#dist.encodeTag(tag));

  /** Ends the pack and makes its index. */
  finish() {
    this.#flush();
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.#known.size);
    writeSync(this.#file, count, 0, 4, 8);
    const hash = createHash('sha1');
    const chunk = Buffer.alloc(CHUNK);
    let at = 0;
    for (let read = 0; (read = readSync(this.#file, chunk, 0, CHUNK, at)) > 0; at += read)
      hash.update(chunk.subarray(0, read));
    writeSync(this.#file, hash.digest(), 0, 20, at);
    closeSync(this.#file);
    execFileSync('git', ['--git-dir', this.#gitdir, 'index-pack', '--stdin'], {
      input: readFileSync(this.#path),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    rmSync(this.#path);
    return at;
  }

  #get(oid) {
    const found = this.#recent.get(oid);
    if (found === undefined) throw new Error(`${oid} was forgotten.`);
    return found;
  }

  #put(type, bytes) {
    const oid = this.#dist.objectIdOf(type, bytes);
    this.#recent.set(oid, bytes, bytes.length + 200);
    if (this.#known.has(oid)) return oid;
    this.#known.add(oid);
    const head = [];
    let left = bytes.length;
    let byte = (TYPE[type] << 4) | (left & 15);
    for (left = Math.floor(left / 16); left > 0; left = Math.floor(left / 128)) {
      head.push(byte | 128);
      byte = left & 127;
    }
    head.push(byte);
    this.#push(Buffer.from(head));
    this.#push(deflateSync(bytes, { level: 1 }));
    return oid;
  }

  #push(bytes) {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > CHUNK) this.#flush();
  }

  #flush() {
    writeSync(this.#file, Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}
