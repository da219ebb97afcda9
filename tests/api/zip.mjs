// A ZIP archive in memory: parts by name, packed like those of office programs.
import { crc32, deflateRawSync } from "node:zlib";

const sum = crc32 ?? slowSum;

function slowSum(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const numbers = (...pairs) =>
  Buffer.concat(
    pairs.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );

export function zip(parts) {
  const files = [];
  const list = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const title = Buffer.from(name);
    const facts = numbers([20, 2], [0, 2], [8, 2], [0, 2], [0, 2], [sum(plain), 4], [packed.length, 4], [plain.length, 4], [title.length, 2], [0, 2]);
    files.push(Buffer.from("PK\x03\x04", "latin1"), facts, title, packed);
    list.push(Buffer.from("PK\x01\x02", "latin1"), numbers([20, 2]), facts, numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), title);
    offset += 4 + facts.length + title.length + packed.length;
  }
  const entries = Buffer.concat(list);
  const count = Object.keys(parts).length;
  return Buffer.concat([...files, entries, Buffer.from("PK\x05\x06", "latin1"), numbers([0, 2], [0, 2], [count, 2], [count, 2], [entries.length, 4], [offset, 4], [0, 2])]);
}
