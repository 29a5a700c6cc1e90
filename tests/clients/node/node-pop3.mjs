// Does one job with node-pop3, as ../programs/libraries.py tells it on standard input.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Pop3 from 'node-pop3';

const job = JSON.parse(readFileSync(0, 'utf8'));
const tls = job.road === 'TLS';
const pop = new Pop3({
  user: job.user,
  password: job.password,
  host: job.host,
  port: job.port,
  tls,
  timeout: 20_000,
  servername: job.host,
  tlsOptions: tls ? { ca: readFileSync(job.authority) } : undefined,
});
try {
  for (const [number, size] of await pop.LIST()) {
    console.log(number, size);
    if (job.fetch) {
      writeFileSync(join(job.inbox, number), await pop.RETR(number));
    }
    if (job.remove) {
      await pop.DELE(number);
    }
  }
  await pop.QUIT();
} catch (problem) {
  console.error(problem.message);
  // It leaves the connection open, which would keep Node waiting.
  process.exit(1);
}
