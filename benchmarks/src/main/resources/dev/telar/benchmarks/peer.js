// The Node side of a comparison: as peer.py, on workerpool with processes.
'use strict';

const readline = require('readline');
const workerpool = require('workerpool');

const [job, operations] = [process.argv[2], Number(process.argv[3])];
const options = { minWorkers: 2, maxWorkers: 2, workerType: 'process' };
let pool;

function increment(x) {
  return x + 1;
}

function same(expected, result) {
  if (result !== expected) {
    throw new Error('wrong result ' + result);
  }
}

const rounds = {
  async submit() {
    for (let i = 0; i < operations; i++) {
      same(i + 1, await pool.exec(increment, [i]));
    }
  },
  async tasks() {
    const all = [];
    for (let i = 0; i < operations; i++) {
      all.push(pool.exec(increment, [i]));
    }
    const results = await Promise.all(all);
    same(operations, results[operations - 1]);
  },
};

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const start = process.hrtime.bigint();
    let divisor = 1;
    if (line.trim() === 'first') {
      pool = workerpool.pool(options);
      same(1, await pool.exec(increment, [0]));
    } else {
      await rounds[job]();
      divisor = operations;
    }
    console.log(Number(process.hrtime.bigint() - start) / divisor);
  }
  await pool.terminate();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
