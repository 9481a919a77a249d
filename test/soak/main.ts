import { soak } from './soak.js';

const seed = Number(process.argv[2] ?? Date.now() % 2 ** 31);
console.log(`seed ${seed}`);
const since = performance.now();
await soak({ calls: 2000, people: 200, faults: 12, seed, log: console.log });
console.log(`nothing is left over after ${((performance.now() - since) / 1000).toFixed(0)} s`);
