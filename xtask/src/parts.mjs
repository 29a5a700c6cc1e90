// What parts of TLS bring to a program, a line for each: the octets of its functions, and those of brotli that the code of the whole
// program has less without them. node parts.mjs MODULE
// MODULE is the program with its names, as it is before it is tightened.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { aligned, functions } from './module.mjs';

const [AES_128, AES_256] = [/aes128/i, /aes256|sha384|sha512/i];
const AES = /\b(aes|aes_gcm|ctr|ghash|polyval)::|\[u16; (88|120)usize\]/;
const CHACHA = /chacha20|poly1305/i;
const X25519 = /x25519|curve25519/i;
const P256 = /\b(p256|primeorder|primefield|crypto_bigint|elliptic_curve|ecdsa|rfc6979)::/;
const SUITES = [AES_128, AES_256, CHACHA];
const belongs = (name, kinds) => kinds.some((kind) => kind.test(name));

/** A function is that of the crate whose type or module its name begins with. */
const of = (crate) => {
  const begins = new RegExp(`^[<&(]*(mut |dyn )?${crate}::`);
  return (name) => begins.test(name) && !belongs(name, SUITES);
};

/** Each part, and whose functions are its own. What two of them need is in a line of its own or in both. */
const PARTS = [
  ['the protocol (rustls)', of('rustls(_pki_types)?')],
  ['chains of certificates (webpki)', of('webpki')],
  ['tls, without what is named below', (name) => of('pop3lab::tls')(name) && !belongs(name, [X25519, P256])],
  ['pki', of('pop3lab::pki')],
  ['AES_128_GCM_SHA256', (name) => belongs(name, [AES_128])],
  ['AES_256_GCM_SHA384', (name) => belongs(name, [AES_256])],
  ['AES for either, with GCM', (name) => belongs(name, [AES]) && !belongs(name, SUITES)],
  ['CHACHA20_POLY1305_SHA256', (name) => belongs(name, [CHACHA])],
  ['X25519', (name) => belongs(name, [X25519])],
  ['P-256, with ECDSA', (name) => belongs(name, [P256]) && !belongs(name, SUITES)],
];

const program = functions(aligned(readFileSync(process.argv[2])))
  .filter(({ body }) => body)
  // Hashes that compilers put into names.
  .map(({ name, body }) => ({ name: name.replace(/\[[0-9a-f]{9,}\]/g, ''), body }));

function weighed(kept) {
  const code = Buffer.concat(kept.map(({ body }) => body));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return { raw: code.length, brotli: brotliCompressSync(code, { params }).length };
}

const whole = weighed(program);
const tells = (part, isOwn) => {
  const rest = weighed(program.filter(({ name }) => !isOwn(name)));
  console.log(`${part}\t${whole.raw - rest.raw}\t${whole.brotli - rest.brotli}`);
};
PARTS.forEach(([part, isOwn]) => tells(part, isOwn));
tells('all of them', (name) => PARTS.some(([, isOwn]) => isOwn(name)));
