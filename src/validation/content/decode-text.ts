import { isUtf8 } from 'node:buffer';

export interface DecodedText {
  /** Without the byte order mark; null when the bytes are not UTF-8. */
  readonly text: string | null;
  /** Bytes of the byte order mark before the text: 0 or 3. */
  readonly markBytes: 0 | 3;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Strict UTF-8: nothing is replaced or guessed. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (!isUtf8(bytes)) return { text: null, markBytes: 0 };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? { text: text.slice(1), markBytes: 3 } : { text, markBytes: 0 };
}
