// What of a WebAssembly module is rewritten to make it lighter. LLVM writes the modules: one group of plain function types, and
// nothing imported but functions.

const [CUSTOM, TYPES, IMPORTS, FUNCTIONS, EXPORTS, CODE] = [0, 1, 2, 3, 7, 10];

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
 * The module, with each access to memory saying that it is aligned as its type is. LLVM says what it knows, which differs from place
 * to place and is a hint only: an access does the same without it.
 */
export function aligned(module) {
  const made = Buffer.from(module);
  for (const [id, code] of sections(made)) {
    if (id !== CODE) continue;
    for (const body of bodiesOf(code)) {
      for (const [operator, at] of instructions(body)) {
        if (operator in ALIGNMENT) body[at + 1] = ALIGNMENT[operator];
      }
    }
  }
  return made;
}

/** Of each load and store, the power of two that its octets are: `i32.load` is the first. */
const ALIGNMENT = Object.fromEntries(
  [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2].map((power, at) => [0x28 + at, power]),
);

/**
 * The module, with each function named after the place that it is to have, for `wasm-opt --reorder-functions-by-name`: functions
 * of as many parameters stand together, then those of one type, then those of about one length, and of these each follows the one
 * that it is most like. A compressor learns once how they speak.
 */
export function ranked(module) {
  const [imported, ranks] = ranksOf(module);
  const place = [];
  ranks.forEach((at, rank) => { place[at] = rank; });
  const entry = (index, letter, rank) => [octets(index), named(letter + String(rank).padStart(6, '0'))];
  const names = Buffer.concat([
    octets(imported + ranks.length),
    ...Array.from({ length: imported }, (_, index) => entry(index, 'i', index)).flat(),
    ...place.map((rank, at) => entry(imported + at, 'r', rank)).flat(),
  ]);
  // Subsection 1 holds the names of functions.
  const section = Buffer.concat([named('name'), Buffer.from([1]), octets(names.length), names]);
  return Buffer.concat([module, Buffer.from([0]), octets(section.length), section]);
}

/** The functions of a module by the numbers that they get by their ranks: the name of each, and the body if it is not imported. */
export function functions(module) {
  const [imported, ranks] = ranksOf(module);
  const known = new Map();
  for (const [id, body] of sections(module)) {
    const section = id === CUSTOM && text(body, 0);
    if (section?.text !== 'name') continue;
    for (let at = section.end; at < body.length;) {
      const [length, start] = number(body, at + 1);
      // Subsection 1 holds the names of functions.
      let [count, each] = body[at] === 1 ? number(body, start) : [0];
      for (; count > 0; count--) {
        const [index, name] = number(body, each);
        known.set(index, text(body, name).text);
        each = text(body, name).end;
      }
      at = start + length;
    }
  }
  const bodies = bodiesOf(new Map(sections(module)).get(CODE));
  const order = [...Array(imported).keys(), ...ranks.map((at) => imported + at)];
  return order.map((index) => ({ name: known.get(index) ?? '', body: bodies[index - imported] }));
}

/** How many functions are imported, and the places of the others in the order that they are to have. */
function ranksOf(module) {
  const bodyOf = new Map(sections(module));
  const parameters = typesOf(bodyOf.get(TYPES));
  const [imported] = number(bodyOf.get(IMPORTS), 0);
  const bodies = bodiesOf(bodyOf.get(CODE));
  const magnitude = (body) => Math.floor(Math.log2(body.length) / 2);
  const ordered = numbers(bodyOf.get(FUNCTIONS))
    .map((type, at) => ({ at, body: bodies[at], group: [parameters[type], type, magnitude(bodies[at])] }))
    .sort((a, b) => compared(a.group, b.group) || a.body.compare(b.body) || a.at - b.at);
  const groups = [...gathered(ordered, ({ group }) => [String(group)]).values()];
  return [imported, groups.flatMap(chained).map(({ at }) => at)];
}

/** What has each of the keys that `keysOf` gives. */
function gathered(all, keysOf) {
  const having = new Map();
  for (const it of all) {
    for (const key of keysOf(it)) {
      if (!having.has(key)) having.set(key, []);
      having.get(key).push(it);
    }
  }
  return having;
}

function compared(a, b) {
  const differs = a.findIndex((it, at) => it !== b[at]);
  return differs < 0 ? 0 : a[differs] - b[differs];
}

/** Functions in such an order that each follows the one that it is most like: that shares the most with it of what few have. */
function chained(functions) {
  for (const each of functions) each.pairs = pairs(each.body);
  const having = gathered(functions, (each) => each.pairs);
  const left = new Set(functions);
  const chain = [];
  for (let next = functions[0]; next; ) {
    left.delete(next);
    chain.push(next);
    const likeness = new Map();
    for (const pair of next.pairs) {
      const who = having.get(pair);
      // What so many have tells nothing of one of them.
      if (who.length > 500) continue;
      for (const it of who) if (left.has(it)) likeness.set(it, (likeness.get(it) ?? 0) + 1 / Math.sqrt(who.length));
    }
    let [most] = left;
    let best = 0;
    for (const [it, shared] of likeness) {
      // The long ones share much with everybody.
      const like = shared / (it.pairs.size + 8) ** 0.9;
      if (like > best) [most, best] = [it, like];
    }
    next = most;
  }
  return chain;
}

/** What a function does, two instructions at a time, whomever it calls and whichever address it names. */
function pairs(body) {
  const [CALL, CONSTANT] = [0x10, 0x41];
  const starts = [...instructions(body)].map(([, at]) => at);
  const said = starts.map((at, index) => {
    const octets = body.subarray(at, starts[index + 1]);
    return octets[0] === CALL || (octets[0] === CONSTANT && octets.length > 4) ? octets[0] : octets.toString('latin1');
  });
  return new Set(said.slice(1).map((second, index) => `${said[index]} ${second}`));
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

/** Each instruction of a function: what it does, and where it stands. */
function* instructions(body) {
  const past = (at) => number(body, at)[1];
  const [groups, first] = number(body, 0);
  let at = first;
  // A count and a type for each group of locals.
  for (let group = 0; group < groups; group++) at = past(at) + 1;
  while (at < body.length) {
    const operator = body[at];
    yield [operator, at++];
    switch (OPERANDS[operator]) {
      case 1: at = past(at); break;
      case 2: at = past(past(at)); break;
      case 'table': {
        const [targets, from] = number(body, at);
        at = from;
        for (let target = 0; target <= targets; target++) at = past(at);
        break;
      }
      case 'types': {
        const [types, from] = number(body, at);
        at = from + types;
        break;
      }
      case 'float': at += 4; break;
      case 'double': at += 8; break;
      case 'more': {
        const [which, from] = number(body, at);
        at = from;
        for (let each = 0; each < MORE[which]; each++) at = past(at);
        break;
      }
      case undefined: if (operator > 0xc4) throw new Error(`the program has an instruction 0x${operator.toString(16)}.`);
    }
  }
}

/** What follows an operator: so many numbers, or something of its own. */
const OPERANDS = {
  0x02: 1, 0x03: 1, 0x04: 1, 0x0c: 1, 0x0d: 1, 0x0e: 'table', 0x10: 1, 0x11: 2, 0x1c: 'types', 0x3f: 1, 0x40: 1, 0x41: 1, 0x42: 1,
  0x43: 'float', 0x44: 'double', 0xd0: 1, 0xd2: 1, 0xfc: 'more',
};
for (let operator = 0x20; operator <= 0x26; operator++) OPERANDS[operator] = 1;
for (let operator = 0x28; operator <= 0x3e; operator++) OPERANDS[operator] = 2;
/** The same for the operators behind 0xfc. */
const MORE = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

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
