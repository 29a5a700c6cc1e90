// Leaves FILE.br and FILE.gz beside each text and wasm file of a folder: node compress.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const SHRINKS = /^\.(html|css|m?js|json|webmanifest|wasm|svg|txt|xml|eml|ftl|pem)$/;

for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !SHRINKS.test(extname(entry.name))) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const octets = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: octets.length,
  };
  writeFileSync(`${path}.br`, brotliCompressSync(octets, { params }));
  writeFileSync(`${path}.gz`, gzipSync(octets, { level: 9 }));
}
