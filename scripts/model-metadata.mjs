// Adds to a TensorFlow Lite model what MediaPipe wants to know of it. Both formats are FlatBuffers: tables whose fields
// point forward, so that new tables before the old file can point into it and nothing of that has to move.

/** Writes a FlatBuffer from front to back. */
class Writer {
  bytes = [];

  get at() {
    return this.bytes.length;
  }

  align(to) {
    while (this.at % to) this.bytes.push(0);
    return this.at;
  }

  /** Returns where it is, to be pointed or changed later. */
  number(value, size = 4) {
    const at = this.at;
    for (let shift = 0; shift < size * 8; shift += 8) this.bytes.push((value >>> shift) & 255);
    return at;
  }

  raw(bytes) {
    for (const byte of bytes) this.bytes.push(byte);
  }

  float(value) {
    this.raw(new Uint8Array(Float32Array.of(value).buffer));
  }

  /** Makes the offset at `slot` point to `to`. */
  point(slot, to) {
    for (let index = 0; index < 4; index++) this.bytes[slot + index] = ((to - slot) >>> (8 * index)) & 255;
  }

  /** A table with these fields: a number, or null for an offset. Returns the fields' places. */
  table(slot, fields) {
    const indices = Object.keys(fields).map(Number);
    const count = Math.max(...indices) + 1;
    const described = this.align(4);
    this.number(4 + 2 * count, 2);
    this.number(4 + 4 * indices.length, 2);
    for (let index = 0; index < count; index++) {
      const place = indices.indexOf(index);
      this.number(place < 0 ? 0 : 4 + 4 * place, 2);
    }
    this.point(slot, this.align(4));
    this.number(this.at - described);
    return Object.fromEntries(indices.map((index) => [index, this.number(fields[index] ?? 0)]));
  }

  /** A vector of offsets. Returns their places. */
  offsets(slot, count) {
    this.point(slot, this.align(4));
    this.number(count);
    return Array.from({ length: count }, () => this.number(0));
  }

  floats(slot, values) {
    this.point(slot, this.align(4));
    this.number(values.length);
    for (const value of values) this.float(value);
  }

  text(slot, text) {
    this.point(slot, this.align(4));
    this.number(text.length);
    this.raw(Buffer.from(`${text}\0`, 'latin1'));
  }

  /** The first eight bytes of a file: what points to its root, and what it is. Returns the former. */
  head(identifier) {
    const root = this.number(0);
    this.raw(Buffer.from(identifier, 'latin1'));
    return root;
  }
}

/** Numbers of fields in the schemas of TensorFlow Lite and of its metadata. */
const MODEL = { version: 0, operators: 1, subgraphs: 2, description: 3, buffers: 4, metadata: 6 };
const NORMALIZATION = 1;

/** Says that the model takes colours from 0 to 1. */
function normalization() {
  const writer = new Writer();
  const model = writer.table(writer.head('M001'), { 3: null });
  const [subgraph] = writer.offsets(model[3], 1);
  const tensors = writer.table(subgraph, { 2: null, 3: null });
  const [input] = writer.offsets(tensors[2], 1);
  const units = writer.table(input, { 4: null });
  const [unit] = writer.offsets(units[4], 1);
  const options = writer.table(unit, { 0: NORMALIZATION, 1: null });
  const range = writer.table(options[1], { 0: null, 1: null });
  writer.floats(range[0], [0]);
  writer.floats(range[1], [255]);
  const [output] = writer.offsets(tensors[3], 1);
  writer.text(writer.table(output, { 0: null })[0], 'segment');
  writer.align(4);
  return writer.bytes;
}

/** The model with that metadata. Throws for one that has some already. */
export function withNormalization(old) {
  const root = old.readUInt32LE(0);
  const fields = root - old.readInt32LE(root);
  const has = (field) => 4 + 2 * field < old.readUInt16LE(fields);
  if (has(MODEL.metadata)) throw new Error('The model has metadata: look again whether it needs more.');
  const place = (field) => root + old.readUInt16LE(fields + 4 + 2 * field);
  const follow = (at) => at + old.readUInt32LE(at);
  const buffers = follow(place(MODEL.buffers));
  const count = old.readUInt32LE(buffers);

  const writer = new Writer();
  const { version, operators, subgraphs, description } = MODEL;
  const model = writer.table(writer.head('TFL3'), {
    [version]: old.readUInt32LE(place(version)),
    ...{ [operators]: null, [subgraphs]: null, [description]: null, [MODEL.buffers]: null, [MODEL.metadata]: null },
  });
  const slots = writer.offsets(model[MODEL.buffers], count + 1);
  const [entry] = writer.offsets(model[MODEL.metadata], 1);
  const named = writer.table(entry, { 0: null, 1: count });
  writer.text(named[0], 'TFLITE_METADATA');
  const held = writer.table(slots[count], { 0: null });
  const data = normalization();
  // A buffer's content begins at a multiple of 16, right after its length.
  while ((writer.at + 4) % 16) writer.raw([0]);
  writer.point(held[0], writer.at);
  writer.number(data.length);
  writer.raw(data);

  const shift = writer.align(16);
  for (const field of [operators, subgraphs, description]) writer.point(model[field], shift + follow(place(field)));
  for (let index = 0; index < count; index++) {
    writer.point(slots[index], shift + follow(buffers + 4 + 4 * index));
  }
  return Buffer.concat([Uint8Array.from(writer.bytes), old]);
}
