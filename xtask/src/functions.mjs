// The names of a program's functions, a line for each, by the numbers that they have in the published one: node functions.mjs MODULE.
// MODULE is the program with its names, as it is before it is tightened.
import { readFileSync } from 'node:fs';
import { aligned, functions } from './module.mjs';

functions(aligned(readFileSync(process.argv[2]))).forEach(({ name }, index) => console.log(index, name));
