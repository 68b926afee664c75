/**
 * One server in a process of its own: `child.mjs <module>`, whose `start()` answers `{ address, close }`. It tells its parent the address,
 * answers `memory` with the peak of its resident set in bytes, and ends at `stop`.
 */
const { start } = await import(process.argv[2]);
const { address, close } = await start();

process.on('message', async (message) => {
  if (message === 'memory') process.send({ peak: process.resourceUsage().maxRSS * 1024 });
  if (message === 'stop') {
    await close();
    process.disconnect();
  }
});
process.send({ address });
