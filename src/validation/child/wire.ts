// What goes over the pipes between parent and child. Not Node's own channel: there, bytes that are no message throw in the
// parent where nobody can catch it, and the parent must survive whatever a child writes.
import { deserialize, serialize } from 'node:v8';
import { type ChildMessage, type JobMessage } from './job';

/** Far more than the longest answer: a report of 500 findings, a manifest of 256 KiB. */
export const LONGEST_ANSWER = 32 * 1024 * 1024;

const HEADER_BYTES = 4;

/** A job as the child reads it: its length, then its bytes. The child trusts its parent. */
export function encodeJob(message: JobMessage): Buffer {
  const body = serialize(message);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(body.byteLength);
  return Buffer.concat([header, body]);
}

/** Takes chunks as they come and hands over each job when it is whole. */
export function jobReader(onJob: (message: JobMessage) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let held = 0;
  let end: number | null = null;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.byteLength;
    for (;;) {
      if (end === null && held >= HEADER_BYTES) end = HEADER_BYTES + Buffer.concat(chunks).readUInt32BE(0);
      if (end === null || held < end) return;
      // Joined once, when it is whole.
      const whole = Buffer.concat(chunks);
      const body = whole.subarray(HEADER_BYTES, end);
      chunks = [whole.subarray(end)];
      held -= end;
      end = null;
      onJob(deserialize(body) as JobMessage);
    }
  };
}

/** An answer as the parent reads it: one line of JSON. */
export function encodeAnswer(message: ChildMessage): string {
  return `${JSON.stringify(message)}\n`;
}

/** What a line of a child says; null for one that is no message. */
export function decodeAnswer(line: string): ChildMessage | null {
  try {
    const message = JSON.parse(line) as Partial<Record<'type' | 'id' | 'answer', unknown>> | null;
    if (message?.type === 'ready') return { type: 'ready' };
    if (typeof message?.id !== 'string') return null;
    if (message.type === 'failed') return { type: 'failed', id: message.id };
    return message.type === 'answer' ? { type: 'answer', id: message.id, answer: message.answer } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
