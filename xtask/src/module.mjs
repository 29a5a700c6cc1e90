// What of a WebAssembly module is rewritten to make it lighter. LLVM writes the modules: one group of plain function types, and
// nothing imported but functions.

const [TYPES, IMPORTS, FUNCTIONS, EXPORTS, CODE] = [1, 2, 3, 7, 10];

/** The module, with other names for what it imports and exports. */
export function renamed(module, rename) {
  const parts = [module.subarray(0, 8)];
  for (const [id, body] of sections(module)) {
    const now = id === IMPORTS ? imports(body, rename) : id === EXPORTS ? exports(body, rename) : body;
    parts.push(Buffer.from([id]), octets(now.length), now);
  }
  return Buffer.concat(parts);
}

/**
 * The module, with each function named after the place that it is to have, for `wasm-opt --reorder-functions-by-name`: functions
 * of as many parameters stand together, then those of one type, then those that begin alike. What they say of their locals is alike
 * then as well, and a compressor learns it once.
 */
export function ranked(module) {
  const bodyOf = new Map(sections(module));
  const parameters = typesOf(bodyOf.get(TYPES));
  const [imported] = number(bodyOf.get(IMPORTS), 0);
  const bodies = bodiesOf(bodyOf.get(CODE));
  const ranks = numbers(bodyOf.get(FUNCTIONS))
    .map((type, at) => ({ at, type, body: bodies[at] }))
    .sort((a, b) => parameters[a.type] - parameters[b.type] || a.type - b.type || a.body.compare(b.body) || a.at - b.at);
  const place = [];
  ranks.forEach(({ at }, rank) => { place[at] = rank; });
  const entry = (index, letter, rank) => [octets(index), named(letter + String(rank).padStart(6, '0'))];
  const names = Buffer.concat([
    octets(imported + bodies.length),
    ...Array.from({ length: imported }, (_, index) => entry(index, 'i', index)).flat(),
    ...place.map((rank, at) => entry(imported + at, 'r', rank)).flat(),
  ]);
  // Subsection 1 holds the names of functions.
  const section = Buffer.concat([named('name'), Buffer.from([1]), octets(names.length), names]);
  return Buffer.concat([module, Buffer.from([0]), octets(section.length), section]);
}

function* sections(module) {
  for (let at = 8; at < module.length;) {
    const [length, start] = number(module, at + 1);
    yield [module[at], module.subarray(start, start + length)];
    at = start + length;
  }
}

function imports(body, rename) {
  const [count, first] = number(body, 0);
  const parts = [octets(count)];
  let at = first;
  for (let each = 0; each < count; each++) {
    const module = text(body, at);
    const field = text(body, module.end);
    // A function (0) has the number of its type behind it.
    if (body[field.end] !== 0) throw new Error('the program imports something that is no function.');
    const [, end] = number(body, field.end + 1);
    parts.push(body.subarray(at, module.end), named(rename(field.text)), body.subarray(field.end, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function exports(body, rename) {
  const [count, first] = number(body, 0);
  const parts = [octets(count)];
  let at = first;
  for (let each = 0; each < count; each++) {
    const field = text(body, at);
    const [, end] = number(body, field.end + 1);
    parts.push(named(rename(field.text)), body.subarray(field.end, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** How many parameters each type has. */
function typesOf(body) {
  const [count, first] = number(body, 0);
  const parameters = [];
  let at = first;
  while (parameters.length < count) {
    if (body[at] !== 0x60) throw new Error('the program has a type that is no function.');
    const [taken, inputs] = number(body, at + 1);
    const [given, outputs] = number(body, inputs + taken);
    parameters.push(taken);
    at = outputs + given;
  }
  return parameters;
}

function bodiesOf(code) {
  const [count, first] = number(code, 0);
  const bodies = [];
  let at = first;
  while (bodies.length < count) {
    const [length, start] = number(code, at);
    at = start + length;
    bodies.push(code.subarray(start, at));
  }
  return bodies;
}

function numbers(body) {
  const [count, first] = number(body, 0);
  const all = [];
  let at = first;
  while (all.length < count) {
    const [value, end] = number(body, at);
    all.push(value);
    at = end;
  }
  return all;
}

/** A name with its length in front, and where it ends. */
function text(octets, at) {
  const [length, start] = number(octets, at);
  return { text: octets.toString('utf8', start, start + length), end: start + length };
}

function named(name) {
  return Buffer.concat([octets(Buffer.byteLength(name)), Buffer.from(name)]);
}

/** An unsigned LEB128, and where it ends. */
function number(octets, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value += (octets[at] & 0x7f) * 2 ** shift;
    if (octets[at] < 0x80) return [value, at + 1];
  }
}

/** A number as LEB128. */
function octets(value) {
  const made = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) made.push((value % 128) | 0x80);
  return Buffer.from([...made, value]);
}
